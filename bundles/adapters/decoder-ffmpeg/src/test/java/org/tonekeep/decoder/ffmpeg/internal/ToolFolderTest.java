package org.tonekeep.decoder.ffmpeg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class ToolFolderTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void shouldUnpackOnceAndMendOnlyWhatDiffers() throws Exception {
    Path parent = temporary.newFolder().toPath();
    ToolFolder tools = new ToolFolder(parent);
    Path folder = tools.prepare();
    assertThat(folder.getParent().getFileName()).hasToString("ffmpeg-" + tools.version());
    Path program = folder.resolve("ffmpeg");
    Path library = folder.resolve("libavutil.so.60");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program)))
        .isEqualTo("r-xr-xr-x");
    FileTime old = FileTime.from(1, TimeUnit.DAYS);
    Files.setLastModifiedTime(program, old);
    Files.delete(library);
    Files.writeString(library, "something else");

    tools.prepare();

    assertThat(Files.getLastModifiedTime(program)).as("untouched").isEqualTo(old);
    assertThat(Files.size(library)).isGreaterThan(1_000_000);
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(f -> f.toString().endsWith(".part"));
    }
  }

  @Test
  public void shouldPinEveryFileOfTheBundle() throws Exception {
    ToolFolder tools = new ToolFolder(temporary.newFolder().toPath());
    assertThat(tools.pinned().keySet())
        .contains("ffmpeg", "ffprobe", "libavcodec.so.62")
        .hasSize(8);
    assertThat(tools.version()).matches("[0-9.]+-[0-9.]+");
    assertThat(tools.platform()).startsWith("linux-");
  }
}
