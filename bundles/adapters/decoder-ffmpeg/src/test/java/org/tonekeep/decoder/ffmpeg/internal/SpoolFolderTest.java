package org.tonekeep.decoder.ffmpeg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.audio.api.UndecodableAudioException;

public final class SpoolFolderTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path memory;
  private Path disk;

  @Before
  public void makeFolders() throws IOException {
    memory = temporary.newFolder("memory").toPath();
    disk = temporary.getRoot().toPath().resolve("disk");
  }

  @Test
  public void shouldWritePrivateFilesAndLeaveNothingOnClosing() throws IOException {
    SpoolFolder spool = new SpoolFolder(memory, disk);
    Path file = spool.write(new ByteArrayInputStream(new byte[100]), 100);
    assertThat(file).startsWith(memory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    spool.close();
    assertThat(DecoderUnderTest.entries(memory)).isZero();
  }

  @Test
  public void shouldUseTheDiskWhereMemoryIsAbsentOrTooSmall() throws IOException {
    SpoolFolder absent = new SpoolFolder(memory.resolve("absent"), disk);
    assertThat(absent.write(new ByteArrayInputStream(new byte[1]), 1)).startsWith(disk);
    SpoolFolder small = new SpoolFolder(memory, disk);
    assertThat(small.write(new ByteArrayInputStream(new byte[1]), Long.MAX_VALUE / 4))
        .startsWith(disk);
  }

  @Test
  public void shouldWriteNothingToADiskUnlessTheOperatorSaysWhere() throws IOException {
    SpoolFolder spool = new SpoolFolder(memory, null);
    assertThatThrownBy(() -> spool.write(new ByteArrayInputStream(new byte[1]), Long.MAX_VALUE / 4))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessageContaining("larger than this server can decode in memory");
    SpoolFolder none = new SpoolFolder(memory.resolve("absent"), null);
    assertThatThrownBy(() -> none.write(new ByteArrayInputStream(new byte[1]), 1))
        .isInstanceOf(UndecodableAudioException.class);
    assertThat(DecoderUnderTest.entries(memory)).isZero();
  }

  @Test
  public void shouldRefuseASourceThatIsLongerThanItSaid() throws IOException {
    SpoolFolder spool = new SpoolFolder(memory, disk);
    assertThatThrownBy(() -> spool.write(new ByteArrayInputStream(new byte[100]), 99))
        .isInstanceOf(IOException.class);
    assertThat(spool.in(memory)).isDirectoryContaining("glob:**/lock");
    assertThat(DecoderUnderTest.entries(spool.in(memory))).isEqualTo(1);
  }

  @Test
  public void shouldRemoveWhatAKilledProcessLeftAndNothingElse() throws IOException {
    Path dead = Files.createDirectory(memory.resolve("tonekeep-decoder-999999999"));
    Files.writeString(dead.resolve("in-1"), "music");
    // Of a killed predecessor with our own process id, as in a container.
    Path same =
        Files.createDirectory(memory.resolve("tonekeep-decoder-" + ProcessHandle.current().pid()));
    Files.createFile(same.resolve("lock"));
    Files.writeString(same.resolve("in-1"), "music");
    SpoolFolder neighbour = new SpoolFolder(memory, disk);
    Path alive = neighbour.write(new ByteArrayInputStream(new byte[1]), 1);
    Path strange = Files.createDirectory(memory.resolve("something-else"));
    SpoolFolder spool = new SpoolFolder(memory, disk);
    assertThat(dead).doesNotExist();
    assertThat(same).doesNotExist();
    assertThat(alive).exists();
    assertThat(strange).exists();
    spool.close();
    neighbour.close();
    assertThat(alive).doesNotExist();
  }
}
