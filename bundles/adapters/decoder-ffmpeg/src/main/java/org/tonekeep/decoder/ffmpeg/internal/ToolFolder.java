package org.tonekeep.decoder.ffmpeg.internal;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.tonekeep.decoder.ffmpeg.internal.StubLibrary.Machine;

/**
 * Unpacks the programs that travel inside this bundle, once, and checks each file's SHA-256 against
 * the list that is committed with the source at every start: what differs is written anew. Files
 * have mode 0555 and appear by rename, so that two nodes may do this at once.
 */
final class ToolFolder {
  /** Libraries that the programs name but a decoder never calls; see {@link StubLibrary}. */
  private static final List<StubLibrary> STUBS =
      List.of(
          new StubLibrary(
              "libavdevice.so.62",
              "LIBAVDEVICE_62",
              List.of(
                  "av_input_audio_device_next",
                  "av_input_video_device_next",
                  "av_output_audio_device_next",
                  "av_output_video_device_next",
                  "avdevice_configuration",
                  "avdevice_free_list_devices",
                  "avdevice_list_input_sources",
                  "avdevice_list_output_sinks",
                  "avdevice_register_all",
                  "avdevice_version")),
          new StubLibrary("libva.so.2", "VA_API_0.33.0", List.of()),
          new StubLibrary("libva-drm.so.2", null, List.of()),
          new StubLibrary("libdrm.so.2", null, List.of()),
          new StubLibrary("libudev.so.1", "LIBUDEV_183", List.of()));

  /** Where the artifact that the build unpacks keeps its files. */
  private static final String CONTENT = "org/bytedeco/ffmpeg/";

  private final Path parent;
  private final Properties build;

  /**
   * @param parent folder for all versions of all tools
   */
  ToolFolder(Path parent) throws IOException {
    this.parent = parent;
    this.build = new Properties();
    try (InputStream in = resource("build.properties")) {
      build.load(in);
    }
  }

  String version() {
    return build.getProperty("version", "");
  }

  /** The platform this bundle was built for, such as {@code linux-x86_64}. */
  String platform() {
    return build.getProperty("platform", "");
  }

  /**
   * Brings the folder into the right state.
   *
   * @return the folder with the programs and their libraries, absolute
   * @throws IOException when it cannot be written, or the bundle's own content is not what it was
   */
  Path prepare() throws IOException {
    Path folder = parent.resolve("ffmpeg-" + version() + "/ff").toAbsolutePath().normalize();
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : pinned().entrySet()) {
      Path target = folder.resolve(file.getKey());
      if (!file.getValue().equals(sha256(target))) {
        try (InputStream in = resource(CONTENT + platform() + "/" + file.getKey())) {
          write(target, in, file.getValue());
        }
      }
    }
    Machine machine = platform().endsWith("arm64") ? Machine.ARM64 : Machine.X86_64;
    for (StubLibrary stub : STUBS) {
      byte[] bytes = stub.bytes(machine);
      String hash = HexFormat.of().formatHex(digest().digest(bytes));
      Path target = folder.resolve(stub.soname());
      if (!hash.equals(sha256(target))) {
        write(target, new java.io.ByteArrayInputStream(bytes), hash);
      }
    }
    return folder;
  }

  /** File name to SHA-256 for the platform of this build. */
  Map<String, String> pinned() throws IOException {
    Map<String, String> pinned = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(resource(platform() + ".sha256"), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        pinned.put(line.substring(66), line.substring(0, 64));
      }
    }
    return pinned;
  }

  /** Writes by temporary file and rename; refuses bytes of another hash. */
  static void write(Path target, InputStream in, String sha256) throws IOException {
    Path temporary = Files.createTempFile(target.getParent(), "new-", ".part");
    try {
      DigestInputStream digesting = new DigestInputStream(in, digest());
      Files.copy(digesting, temporary, StandardCopyOption.REPLACE_EXISTING);
      String found = HexFormat.of().formatHex(digesting.getMessageDigest().digest());
      if (!found.equals(sha256)) {
        throw new IOException("The bundle's " + target.getFileName() + " is not the pinned one");
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** SHA-256 of a file, empty when there is none. */
  private static String sha256(Path file) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      return "";
    }
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = ToolFolder.class.getResourceAsStream("/tools/" + name);
    if (in == null) {
      throw new FileNotFoundException("This build carries no " + name);
    }
    return in;
  }
}
