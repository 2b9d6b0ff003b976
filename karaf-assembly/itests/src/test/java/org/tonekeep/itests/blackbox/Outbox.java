package org.tonekeep.itests.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tonekeep.itests.Patience;

/** The mails of a tenant, as their recipients read them. */
final class Outbox {
  private static final Pattern LINK = Pattern.compile("https?://[^/\\s\"]+(/\\S+#token=[\\w.-]+)");
  private static final Pattern SOFT_BREAK = Pattern.compile("=\r?\n");
  private static final Pattern ESCAPED = Pattern.compile("=([0-9A-F]{2})");

  private final Path folder;

  Outbox(Distribution platform, String tenant) {
    this.folder = platform.data().resolve("outbox").resolve(tenant);
  }

  /**
   * Waits for a mail with a link to a page.
   *
   * @return path and fragment of the link in the newest
   */
  String linkTo(String page, String recipient) throws Exception {
    Patience.until("a mail to follow to " + page, () -> find(page, recipient).isPresent());
    return find(page, recipient).orElseThrow();
  }

  private Optional<String> find(String page, String recipient) throws IOException {
    for (String mail : newestFirst()) {
      Matcher link = LINK.matcher(mail);
      while (mail.contains("\nTo: " + recipient) && link.find()) {
        if (link.group(1).startsWith(page + "#")) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private List<String> newestFirst() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      // Their ids grow with time.
      List<Path> mails =
          files
              .filter(file -> file.toString().endsWith(".eml"))
              .sorted(Comparator.comparing(Path::getFileName).reversed())
              .toList();
      List<String> texts = new java.util.ArrayList<>();
      for (Path mail : mails) {
        texts.add(decoded(Files.readString(mail, StandardCharsets.UTF_8)));
      }
      return texts;
    }
  }

  /** Quoted-printable, as far as links need it. */
  private static String decoded(String mail) {
    return ESCAPED
        .matcher(SOFT_BREAK.matcher(mail).replaceAll(""))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
