package org.tonekeep.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.Test;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.mail.api.MailRefusedException;
import org.tonekeep.testing.kit.TestTenants;

/** What goes wrong between us and a server. */
public final class SmtpMailSenderTest {
  private static final String ADDRESS = "ann@listener.example";

  private static Mail mail(String to) {
    return new Mail(
        UUID.randomUUID() + "@music.example",
        Optional.empty(),
        "noreply@music.example",
        to,
        "x",
        "x",
        "<p>x</p>",
        Map.of());
  }

  private static IOException failure(ScriptedServer server) {
    Throwable thrown =
        catchThrowable(
            () ->
                Configured.of("localhost", server.port(), "starttls")
                    .sender()
                    .send(TestTenants.ALICE, mail(ADDRESS)));
    assertThat(thrown).isInstanceOf(IOException.class);
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t.getMessage())).doesNotContain("listener").doesNotContain("ann@");
    }
    return (IOException) thrown;
  }

  private static IOException failure(String command, String answer) throws Exception {
    try (ScriptedServer server = new ScriptedServer(Certificates.LOCALHOST, true)) {
      return failure(server.answer(command, answer));
    }
  }

  @Test
  public void shouldTellARefusalForGoodFromOneForNow() throws Exception {
    assertThat(failure("RCPT", "550 5.1.1 no mailbox " + ADDRESS))
        .isInstanceOf(MailRefusedException.class)
        .hasMessage("the server refuses the recipient, 550");
    assertThat(failure(".", "554 5.7.1 mail for " + ADDRESS + " is spam"))
        .isInstanceOf(MailRefusedException.class)
        .hasMessage("the server refuses the mail, 554");
    assertThat(failure("RCPT", "450 4.2.0 " + ADDRESS + " greylisted"))
        .isNotInstanceOf(MailRefusedException.class)
        .hasMessage("the server does not take the recipient now, 450");
    assertThat(failure(".", "451 4.3.0 later, " + ADDRESS))
        .isNotInstanceOf(MailRefusedException.class)
        .hasMessage("the server does not take the mail now, 451");
    assertThat(failure("RCPT", "530 5.7.0 sign in to write to " + ADDRESS))
        .isNotInstanceOf(MailRefusedException.class);
    assertThat(failure("MAIL", "550 5.7.1 not your sender " + ADDRESS))
        .isNotInstanceOf(MailRefusedException.class)
        .hasMessage("the server refuses the sender, 550");
    assertThat(failure("", "421 busy, " + ADDRESS))
        .isNotInstanceOf(MailRefusedException.class)
        .hasMessageStartingWith("the server cannot be talked to");
  }

  @Test(timeout = 30_000)
  public void shouldGiveASilentServerUp() throws Exception {
    for (String command : new String[] {"", "EHLO", "RCPT", "."}) {
      assertThat(failure(command, ScriptedServer.SILENCE))
          .as(command)
          .isNotInstanceOf(MailRefusedException.class);
    }
  }

  @Test
  public void shouldBeContentWhenOnlyTheGoodbyeFails() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Certificates.LOCALHOST, true)) {
      server.answer("QUIT", "500 what?");
      Configured.of("localhost", server.port(), "starttls")
          .sender()
          .send(TestTenants.ALICE, mail(ADDRESS));
      assertThat(server.messages).hasSize(1);
    }
  }

  @Test
  public void shouldSayNothingToAServerWithoutTls() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Certificates.LOCALHOST, false)) {
      assertThat(failure(server)).isNotInstanceOf(MailRefusedException.class);
      assertThat(server.commands).noneMatch(c -> c.startsWith("MAIL") || c.startsWith("AUTH"));
    }
  }

  @Test
  public void shouldSayNothingToAServerWithAnotherCertificate() throws Exception {
    for (Path store : new Path[] {Certificates.OTHER_HOST, Certificates.STRANGER}) {
      try (ScriptedServer server = new ScriptedServer(store, true)) {
        assertThat(failure(server))
            .isNotInstanceOf(MailRefusedException.class)
            .hasMessageContaining("SSLHandshakeException");
        assertThat(server.commands).noneMatch(c -> c.startsWith("MAIL") || c.startsWith("AUTH"));
      }
    }
  }

  @Test
  public void shouldNotTellTheNameOfThisMachine() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Certificates.LOCALHOST, true)) {
      Configured.of("localhost", server.port(), "starttls")
          .sender()
          .send(TestTenants.ALICE, mail("ann@bücher.example"));
      assertThat(server.commands)
          .contains("EHLO music.example", "RCPT TO:<ann@xn--bcher-kva.example>");
    }
  }

  @Test
  public void shouldDoWithoutTlsOnThisMachineOnly() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Certificates.LOCALHOST, false)) {
      Configured.of("127.0.0.1", server.port(), "none")
          .sender()
          .send(TestTenants.ALICE, mail(ADDRESS));
      assertThat(server.messages).hasSize(1);
    }
    for (String host :
        new String[] {"mail.example", "192.0.2.1", "localhost.example", "10.0.0.1"}) {
      assertThatThrownBy(() -> SmtpServer.of(Configured.of(host, 25, "none")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("security:");
    }
  }

  @Test
  public void shouldCheckItsConfiguration() {
    assertThat(SmtpServer.of(Configured.of("a.example", 0, "starttls")).port()).isEqualTo(587);
    assertThat(SmtpServer.of(Configured.of("a.example", 0, "tls")).port()).isEqualTo(465);
    assertThat(SmtpServer.of(Configured.of("a.example", 0, "tls").user("u", "pässword")).toString())
        .doesNotContain("pässword");
    assertThatThrownBy(() -> SmtpServer.of(Configured.of("a.example", 0, "ssl")))
        .hasMessageStartingWith("security:");
    assertThatThrownBy(() -> SmtpServer.of(Configured.of("a b", 0, "tls")))
        .hasMessageStartingWith("host:");
    assertThatThrownBy(
            () -> SmtpServer.of(Configured.of("a", 0, "tls").passwordFile("u", "/nothing/there")))
        .hasMessageStartingWith("password.file:");
  }
}
