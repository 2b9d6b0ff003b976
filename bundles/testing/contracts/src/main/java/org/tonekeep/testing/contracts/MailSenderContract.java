package org.tonekeep.testing.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Test;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.tenant.api.TenantId;

/**
 * What an adapter promises: the mail arrives as it was made, and nothing is added that tracks or
 * tells.
 */
public abstract class MailSenderContract {
  /** The tenant whose mails are sent. */
  protected static final TenantId ALICE = new TenantId("alice");

  private static final String OWNER = "00000000-0000-7000-8000-00000000000a";
  private static final List<String> HARMLESS =
      List.of(
          "auto-submitted",
          "content-language",
          "content-transfer-encoding",
          "content-type",
          "date",
          "from",
          "message-id",
          "mime-version",
          "received",
          "reply-to",
          "return-path",
          "subject",
          "to");

  /** The adapter under test; the same for one test. */
  protected abstract MailSender sender() throws IOException;

  /** All messages that arrived, as they did, in any order. */
  protected abstract List<byte[]> arrived() throws IOException;

  /** A mail with the given words. */
  protected static Mail mail(String subject, String text, String html) {
    return new Mail(
        UUID.randomUUID() + "@music.example",
        Optional.of(new AccountId(OWNER)),
        "Söhne & Töchter <noreply@music.example>",
        "ann@listener.example",
        subject,
        text,
        html,
        Map.of(
            "Date",
            "Sun, 1 Nov 2026 12:00:00 +0000",
            "Auto-Submitted",
            "auto-generated",
            "Content-Language",
            "en",
            "Reply-To",
            "Hilfe für alle <help@music.example>"));
  }

  private List<MimeMessage> messages() throws IOException, MessagingException {
    List<MimeMessage> messages = new ArrayList<>();
    Session session = Session.getInstance(new Properties());
    for (byte[] bytes : arrived()) {
      messages.add(new MimeMessage(session, new ByteArrayInputStream(bytes)));
    }
    return messages;
  }

  private MimeMessage only() throws IOException, MessagingException {
    List<MimeMessage> messages = messages();
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static Part part(MimeMessage message, int index) throws IOException, MessagingException {
    return ((Multipart) message.getContent()).getBodyPart(index);
  }

  private static String content(Part part) throws IOException, MessagingException {
    return part.getContent().toString().replace("\r\n", "\n").stripTrailing();
  }

  @Test
  public void shouldDeliverHeadersAndBothBodies() throws Exception {
    Mail mail = mail("Plain subject", "Hello\n\n.\n.dots\nFrom here\n", "<p>Hello</p>\n");
    sender().send(ALICE, mail);
    MimeMessage message = only();
    assertThat(message.getMessageID()).isEqualTo("<" + mail.id() + ">");
    assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Söhne & Töchter");
    assertThat(((InternetAddress) message.getFrom()[0]).getAddress())
        .isEqualTo("noreply@music.example");
    assertThat(message.getAllRecipients())
        .containsExactly(new InternetAddress("ann@listener.example"));
    assertThat(((InternetAddress) message.getReplyTo()[0]).getPersonal())
        .isEqualTo("Hilfe für alle");
    assertThat(message.getSubject()).isEqualTo("Plain subject");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getHeader("Date")).containsExactly("Sun, 1 Nov 2026 12:00:00 +0000");
    assertThat(message.getContentType()).startsWith("multipart/alternative");
    assertThat(((Multipart) message.getContent()).getCount()).isEqualTo(2);
    assertThat(part(message, 0).getContentType()).startsWith("text/plain").contains("charset");
    assertThat(content(part(message, 0))).isEqualTo("Hello\n\n.\n.dots\nFrom here");
    assertThat(part(message, 1).getContentType()).startsWith("text/html");
    assertThat(content(part(message, 1))).isEqualTo("<p>Hello</p>");
  }

  @Test
  public void shouldDeliverEveryLanguageAndLongLines() throws Exception {
    String words = "Grüße, 你好, שלום, 🎵 = 100 % ";
    String text = words.repeat(80) + "\nend \n";
    sender().send(ALICE, mail(words.repeat(5).strip(), text, "<p>" + text + "</p>"));
    MimeMessage message = only();
    assertThat(message.getSubject()).isEqualTo(words.repeat(5).strip());
    assertThat(content(part(message, 0))).isEqualTo(text.stripTrailing());
    assertThat(content(part(message, 1))).isEqualTo(("<p>" + text + "</p>").stripTrailing());
    for (byte[] bytes : arrived()) {
      assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).lines())
          .as("RFC 5322 section 2.1.1")
          .allMatch(line -> line.length() <= 998);
    }
  }

  @Test
  public void shouldNotTakeAnEncodedWordFromTheSubjectForItsOwn() throws Exception {
    sender().send(ALICE, mail("=?UTF-8?Q?=0D=0ABcc:_x?= hi", "x", "<p>x</p>"));
    assertThat(only().getHeader("Bcc")).isNull();
    assertThat(only().getSubject()).contains("hi");
  }

  @Test
  public void shouldAddNothingThatTracksOrTells() throws Exception {
    String html = "<p><a href=\"https://music.example/confirm#t\">Confirm</a></p>";
    sender().send(ALICE, mail("x", "https://music.example/confirm#t", html));
    MimeMessage message = only();
    for (Header header : Collections.list(message.getAllHeaders())) {
      assertThat(HARMLESS).contains(header.getName().toLowerCase(java.util.Locale.ROOT));
    }
    assertThat(content(part(message, 0))).isEqualTo("https://music.example/confirm#t");
    assertThat(content(part(message, 1))).isEqualTo(html);
    assertThat(new String(arrived().get(0), java.nio.charset.StandardCharsets.UTF_8))
        .as("the account's id stays here")
        .doesNotContain(OWNER);
  }

  @Test
  public void shouldSendUnderTheSameIdAgain() throws Exception {
    Mail mail = mail("x", "x", "<p>x</p>");
    sender().send(ALICE, mail);
    sender().send(ALICE, mail);
    assertThat(messages())
        .isNotEmpty()
        .allSatisfy(m -> assertThat(m.getMessageID()).isEqualTo("<" + mail.id() + ">"));
  }

  @Test
  public void shouldSendForSeveralAtOnce() throws Exception {
    int many = 12;
    MailSender sender = sender();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Object>> work = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        Mail mail = mail("Nr. " + i, "x", "<p>x</p>");
        work.add(
            () -> {
              sender.send(ALICE, mail);
              return mail;
            });
      }
      for (Future<Object> sent : pool.invokeAll(work)) {
        assertThat(sent.get()).isNotNull();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(messages().stream().map(MailSenderContract::subject).distinct()).hasSize(many);
  }

  private static String subject(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }
}
