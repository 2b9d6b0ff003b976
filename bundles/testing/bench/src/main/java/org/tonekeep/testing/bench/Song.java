package org.tonekeep.testing.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An MP3 of four minutes: real music when there is a corpus, else made. */
final class Song {
  private static final String SECONDS = "240";
  private static final List<String> CORPUS = List.of("om_boogi.mp3", "asc_machine_wars_full.mp3");

  private Song() {}

  /**
   * Makes the file with the decoder's own ffmpeg.
   *
   * @param corpus a folder with music, or empty
   */
  static Path make(Platform platform, String corpus, Path file) throws IOException {
    for (String name : CORPUS) {
      if (!corpus.isEmpty() && Files.exists(Path.of(corpus, name))) {
        String source = Path.of(corpus, name).toString();
        encode(
            platform,
            InputStream.nullInputStream(),
            List.of(
                "-stream_loop",
                "-1",
                "-i",
                source,
                "-t",
                SECONDS,
                "-map",
                "0:a",
                "-c",
                "copy",
                file.toString()));
        return file;
      }
    }
    encode(
        platform,
        Sound.pcm(240L * Sound.BYTES_PER_SECOND),
        List.of(
            "-f",
            "s16le",
            "-ar",
            "44100",
            "-ac",
            "2",
            "-i",
            "pipe:0",
            "-b:a",
            "192k",
            file.toString()));
    return file;
  }

  private static void encode(Platform platform, InputStream input, List<String> arguments)
      throws IOException {
    Path log = Files.createTempFile("tonekeep-bench", ".log");
    Process ffmpeg = Processes.start(platform.ffmpeg(arguments).redirectOutput(log.toFile()));
    try {
      try (OutputStream pipe = ffmpeg.getOutputStream()) {
        input.transferTo(pipe);
      }
      Until.holds("ffmpeg has made the song", Duration.ofMinutes(2), () -> !ffmpeg.isAlive());
      if (ffmpeg.exitValue() != 0) {
        throw new IOException("ffmpeg: " + Files.readString(log));
      }
    } finally {
      Processes.end(ffmpeg);
      Files.delete(log);
    }
  }
}
