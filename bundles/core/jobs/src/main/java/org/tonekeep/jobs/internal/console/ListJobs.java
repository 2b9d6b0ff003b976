package org.tonekeep.jobs.internal.console;

import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.tenant.api.TenantId;

/** Lists the newest jobs of a tenant. */
@Service
@Command(scope = "tonekeep", name = "job-list", description = "Lists the newest jobs of a tenant")
public final class ListJobs extends TenantAction {
  @Option(
      name = "--state",
      description = "Only jobs of this state: waiting, running, done, failed, cancelled")
  @Completion(
      value = StringsCompleter.class,
      values = {"waiting", "running", "done", "failed", "cancelled"})
  private @Nullable String state;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 50;

  @Option(name = "--no-format", description = "Plain tab-separated lines")
  private boolean noFormat;

  @Reference private Jobs jobs;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    JobState only = state == null ? null : JobState.valueOf(state.toUpperCase(Locale.ROOT));
    ShellTable table = new ShellTable();
    table.column("id");
    table.column("kind");
    table.column("state");
    table.column("attempt");
    table.column("progress");
    table.column("subject");
    table.column("created");
    table.column("failure");
    for (Job job : jobs.list(tenant, only, limit)) {
      String failure = job.failure();
      table
          .addRow()
          .addContent(
              job.id().value(),
              job.request().kind(),
              job.state().word(),
              job.attempt(),
              job.total() == 0 ? job.stage() : job.stage() + " " + job.done() + "/" + job.total(),
              job.request().subject(),
              job.createdAt(),
              failure == null ? "" : failure);
    }
    table.print(System.out, !noFormat);
  }
}
