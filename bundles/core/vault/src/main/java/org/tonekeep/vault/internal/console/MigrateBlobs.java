package org.tonekeep.vault.internal.console;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.BlobMoves;

/** {@code tonekeep:blob-migrate -t demo}. */
@Service
@Command(
    scope = "tonekeep",
    name = "blob-migrate",
    description = "Moves a tenant's blobs to its storage adapter in the background")
public final class MigrateBlobs extends TenantAction {
  @Option(name = "--to", description = "Another adapter than the one in the tenant's file")
  private String to = "";

  @Option(name = "--status", description = "Only shows where blobs lie, and how the work stands")
  private boolean status;

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Reference private BlobMoves moves;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    if (status) {
      show(tenant);
      return;
    }
    System.out.println(
        moves
            .start(tenant, to)
            .map(job -> "Job " + job + " moves the blobs; --status shows how it stands")
            .orElse("All blobs lie there already"));
  }

  private void show(TenantId tenant) {
    ShellTable table = new ShellTable();
    for (String column :
        new String[] {"Adapter", "Running", "Blobs", "Bytes", "Old copies", "Deleted from"}) {
      table.column(column);
    }
    long elsewhere = 0;
    for (BlobMoves.Place place : moves.places(tenant)) {
      elsewhere += place.chosen() ? 0 : place.blobs();
      table
          .addRow()
          .addContent(
              place.adapter() + (place.chosen() ? " *" : ""),
              place.running() ? "yes" : "NO",
              place.blobs(),
              place.bytes(),
              place.oldCopies(),
              place.firstDue().map(Instant::toString).orElse(""));
    }
    table.print(System.out, !noFormat);
    if (noFormat) {
      return;
    }
    System.out.println(elsewhere + " blobs still need another adapter than the tenant's (*)");
    moves.last(tenant).ifPresent(MigrateBlobs::print);
  }

  private static void print(Job job) {
    String failure = job.failure();
    System.out.println(
        "Job "
            + job.id()
            + ": "
            + job.state().word()
            + (job.total() == 0 ? "" : ", " + job.stage() + " " + job.done() + "/" + job.total())
            + (failure == null ? "" : ". " + failure));
  }
}
