package org.tonekeep.mail.outbox.internal.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.mail.outbox.internal.Message;
import org.tonekeep.mail.outbox.internal.Outbox;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:mail-show -t demo 0192…}. */
@Service
@Command(
    scope = "tonekeep",
    name = "mail-show",
    description = "Shows the text of a mail in the outbox; its links work for whoever reads them")
public final class ShowMail extends TenantAction {
  @Option(name = "--persons", description = "Also the recipient")
  private boolean persons;

  @Argument(description = "Id of the mail, as tonekeep:mail-list shows it; left out: the newest")
  private String id = "";

  @Reference private Outbox outbox;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    if (!id.matches("([0-9a-f-]{36})?")) {
      throw new IllegalArgumentException("An id of a mail has 36 characters");
    }
    try {
      Message message =
          outbox
              .find(tenant, id)
              .orElseThrow(
                  () -> new IllegalArgumentException("There is no such mail in the outbox"));
      if (persons) {
        System.out.println("To: " + message.to());
      }
      System.out.println("Date: " + message.date());
      System.out.println("Subject: " + message.subject());
      System.out.println();
      System.out.print(message.text());
    } catch (IOException e) {
      throw new UncheckedIOException("The outbox cannot be read", e);
    }
  }
}
