package org.tonekeep.mail.smtp.internal;

import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.testing.contracts.MailSenderContract;

public final class StarttlsContractTest extends MailSenderContract {
  private ScriptedServer server;

  @Before
  public void open() throws Exception {
    server = new ScriptedServer(Certificates.LOCALHOST, true);
  }

  @After
  public void close() throws Exception {
    server.close();
  }

  @Override
  protected MailSender sender() {
    return Configured.of("localhost", server.port(), "starttls").user("ann", "secret").sender();
  }

  @Override
  protected List<byte[]> arrived() {
    return List.copyOf(server.messages);
  }
}
