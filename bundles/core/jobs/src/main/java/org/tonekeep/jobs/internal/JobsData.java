package org.tonekeep.jobs.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The jobs that run on behalf of an account. */
@Component(service = DataHolder.class)
public final class JobsData implements DataHolder {
  private static final int PAGE = 200;

  private final JobTable table;
  private final JobSignals signals;
  private final Tx tx;

  @Activate
  public JobsData(@Reference JobTable table, @Reference JobSignals signals, @Reference Tx tx) {
    this.table = table;
    this.signals = signals;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            "job",
            "jobs",
            "Which work was done for the account's tracks, when, and how it ended; ids only",
            "To do the work and to show its progress",
            "7 days after the work ended; cancelled work also until the bundle that did it knows"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> rows = new ArrayList<>();
    String before = "";
    List<Job> page;
    do {
      page = table.ofOwner(tenant, account.value(), "", before, PAGE);
      for (Job job : page) {
        rows.add(row(job));
        before = job.id().value();
      }
    } while (page.size() == PAGE);
    return Map.of("job", rows);
  }

  private static Map<String, Object> row(Job job) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", job.id().value());
    row.put("kind", job.request().kind());
    row.put("subject", job.request().subject());
    row.put("state", job.state().word());
    row.put("attempt", job.attempt());
    row.put("createdAt", job.createdAt().toString());
    return row;
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    List<Job> running =
        table.ofOwner(tenant, account.value(), "", "", PAGE).stream()
            .filter(j -> !j.state().ended() && !j.request().feature().equals("core"))
            .toList();
    tx.run(tenant, () -> table.forgetOwner(tenant, account.value()));
    // Without its row a running attempt can write nothing; told now, it stops at once.
    tx.afterCommit(() -> running.forEach(j -> signals.cancelAsked(tenant, j.id())));
  }
}
