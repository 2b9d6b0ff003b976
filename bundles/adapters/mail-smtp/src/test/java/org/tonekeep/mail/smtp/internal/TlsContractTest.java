package org.tonekeep.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.mail.api.MailRefusedException;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.testing.contracts.MailSenderContract;

/** TLS from the beginning and signing in, against GreenMail. */
public final class TlsContractTest extends MailSenderContract {
  private static final String USER = "site@music.example";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private GreenMail server;

  @Before
  public void open() {
    System.setProperty("greenmail.tls.keystore.file", Certificates.LOCALHOST.toString());
    System.setProperty("greenmail.tls.keystore.password", Certificates.PASSWORD);
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
    server =
        new GreenMail(setup)
            .withConfiguration(GreenMailConfiguration.aConfig().withUser(USER, USER, "secret"));
    server.start();
  }

  @After
  public void close() {
    server.stop();
  }

  private Configured configured() {
    return Configured.of("localhost", server.getSmtps().getPort(), "tls");
  }

  @Override
  protected MailSender sender() {
    return configured().user(USER, "secret").sender();
  }

  @Override
  protected List<byte[]> arrived() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (MimeMessage message : server.getReceivedMessages()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        message.writeTo(bytes);
      } catch (MessagingException e) {
        throw new IOException(e);
      }
      all.add(bytes.toByteArray());
    }
    return all;
  }

  @Test
  public void shouldReadThePasswordFromAFile() throws Exception {
    Path file = folder.getRoot().toPath().resolve("password");
    Files.writeString(file, "secret\n");
    configured().passwordFile(USER, file.toString()).sender().send(ALICE, mail("x", "x", "x"));
    assertThat(arrived()).hasSize(1);
  }

  @Test
  public void shouldTryAgainLaterWhenThePasswordIsWrong() throws Exception {
    assertThatThrownBy(
            () -> configured().user(USER, "no").sender().send(ALICE, mail("x", "x", "x")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(MailRefusedException.class)
        .hasMessage("the server does not take the user or the password");
    assertThat(arrived()).isEmpty();
  }

  @Test
  public void shouldTryAgainLaterWhenTheServerIsAway() {
    MailSender sender = sender();
    server.stop();
    assertThatThrownBy(() -> sender.send(ALICE, mail("x", "x", "x")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(MailRefusedException.class)
        .hasMessageContaining("ConnectException");
  }
}
