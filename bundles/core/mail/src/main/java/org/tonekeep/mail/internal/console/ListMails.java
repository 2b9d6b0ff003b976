package org.tonekeep.mail.internal.console;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.mail.internal.MailList;
import org.tonekeep.mail.internal.QueuedMail;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:mail-list -t demo}. */
@Service
@Command(
    scope = "tonekeep",
    name = "mail-list",
    description = "Lists the newest mails of a tenant that wait, were sent or failed")
public final class ListMails extends TenantAction {
  private static final int MOST = 1000;

  @Option(name = "--persons", description = "Also recipients of mails that wait")
  private boolean persons;

  @Option(name = "--limit", description = "At most this many mails (1 to 1000)")
  private int limit = 50;

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Reference private MailList list;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    ShellTable table = new ShellTable();
    table.column("Id");
    table.column("Template");
    table.column("Written");
    table.column("State");
    table.column("Tries");
    table.column("Next");
    table.column("Reason");
    if (persons) {
      table.column("Recipient");
    }
    table.emptyTableText("No mails");
    for (QueuedMail mail : list.newest(tenant, Math.max(1, Math.min(limit, MOST)))) {
      var row = table.addRow();
      row.addContent(
          mail.id(),
          mail.template(),
          mail.createdAt().toString(),
          mail.state().word(),
          Integer.toString(mail.tries()),
          mail.content() == null ? "" : mail.nextAt().toString(),
          mail.reason());
      if (persons) {
        row.addContent(list.recipient(tenant, mail));
      }
    }
    table.print(System.out, !noFormat);
  }
}
