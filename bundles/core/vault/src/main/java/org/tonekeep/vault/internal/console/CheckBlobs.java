package org.tonekeep.vault.internal.console;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.BlobCheck;
import org.tonekeep.vault.internal.BlobCheck.Fault;

/** {@code tonekeep:blob-check -t demo}. */
@Service
@Command(
    scope = "tonekeep",
    name = "blob-check",
    description = "Reads a tenant's blobs again and names what is missing, damaged or unknown")
public final class CheckBlobs extends TenantAction {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(5);

  @Option(name = "--sample", description = "Which share is read, in percent; all are looked at")
  private int sample = 100;

  @Option(name = "--no-format", description = "Plain columns for scripts, without progress")
  private boolean noFormat;

  @Reference private BlobCheck check;

  private long told = System.nanoTime();

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    BlobCheck.Report report = check.check(tenant, sample, this::progress);
    ShellTable table = new ShellTable();
    table.column("Fault");
    table.column("Blob");
    table.column("Adapter");
    table.column("Detail");
    for (BlobCheck.Finding finding : report.findings()) {
      table
          .addRow()
          .addContent(
              finding.fault().name().toLowerCase(Locale.ROOT),
              finding.key().path(),
              finding.adapter(),
              finding.detail());
    }
    if (!report.findings().isEmpty()) {
      table.print(System.out, !noFormat);
    }
    String numbers =
        "%d blobs, %d read: %d missing, %d damaged, %d unreachable, %d orphans"
            .formatted(
                report.blobs(),
                report.hashed(),
                report.count(Fault.MISSING),
                report.count(Fault.DAMAGED),
                report.count(Fault.UNREACHABLE),
                report.count(Fault.ORPHAN));
    if (!report.sound()) {
      throw new IllegalStateException("The blobs are NOT all as they were stored. " + numbers);
    }
    System.out.println("All is as it was stored. " + numbers);
  }

  private void progress(long blobs) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("The check was interrupted");
    }
    if (!noFormat && System.nanoTime() - told >= EVERY) {
      told = System.nanoTime();
      System.out.println(blobs + " blobs checked");
    }
  }
}
