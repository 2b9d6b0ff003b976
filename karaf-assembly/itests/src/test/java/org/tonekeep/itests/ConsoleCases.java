package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Role;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.tenant.api.TenantId;

/** Every command of scope {@code tonekeep}, typed as the manual says it. */
public class ConsoleCases extends InContainer {
  private static final TenantId DEMO = new TenantId("demo");

  private Shell shell() throws InterruptedException {
    return new Shell(service(SessionFactory.class));
  }

  private static Optional<List<String>> row(List<List<String>> rows, String first) {
    return rows.stream().filter(row -> row.get(0).equals(first)).findFirst();
  }

  @Test
  public void shouldCreateShowAndRemoveATenant() throws Exception {
    Shell shell = shell();
    assertEquals("in force", row(shell.list("tonekeep:tenant-list"), "demo").orElseThrow().get(1));

    String made = shell.run("tonekeep:tenant-create --from demo acme");
    assertTrue(made, made.contains("acme is in force"));
    List<String> row = row(shell.list("tonekeep:tenant-list"), "acme").orElseThrow();
    assertEquals("in force", row.get(1));
    assertEquals("acme.localhost", row.get(3));
    String shown = shell.run("tonekeep:tenant-show acme");
    assertTrue(shown, shown.contains("acme.localhost") && shown.contains("urls.ttl"));
    assertEquals(401, Visitor.at("acme").get("/api/tracks").statusCode());
    assertThrows(
        IllegalArgumentException.class, () -> shell.run("tonekeep:tenant-create --from demo acme"));

    shell.run("tonekeep:tenant-remove --yes acme");
    assertEquals("suspended", row(shell.list("tonekeep:tenant-list"), "acme").orElseThrow().get(1));
    assertTrue(Files.notExists(Sites.file("acme")));
    assertEquals(404, Visitor.at("acme").get("/api/tracks").statusCode());
  }

  @Test
  public void shouldSwitchFeatures() throws Exception {
    Shell shell = shell();
    String site = new Sites(context).fromDemo();
    assertEquals("active", row(shell.list("tonekeep:feature-list"), "auth").orElseThrow().get(1));

    shell.run("tonekeep:feature-disable " + site + " analysis");
    assertEquals("off", stateOf(shell, site, "analysis"));
    shell.run("tonekeep:feature-enable " + site + " analysis");
    assertEquals("on", stateOf(shell, site, "analysis"));
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class,
            () -> shell.run("tonekeep:feature-enable " + site + " nonsense"));
    assertTrue(unknown.getMessage(), unknown.getMessage().contains("nonsense"));
  }

  private static String stateOf(Shell shell, String site, String feature) throws Exception {
    return row(shell.list("tonekeep:feature-list --tenant " + site), feature).orElseThrow().get(1);
  }

  @Test
  public void shouldListCancelAndRetryJobs() throws Exception {
    Shell shell = shell();
    JobId job =
        service(Jobs.class).enqueue(DEMO, new JobRequest("", "itest.console", "row", Map.of()));
    assertEquals("waiting", stateOf(shell, job));

    shell.run("tonekeep:job-cancel -t demo " + job);
    assertEquals("cancelled", stateOf(shell, job));
    assertTrue(
        row(shell.list("tonekeep:job-list -t demo --state cancelled"), job.value()).isPresent());
    assertThrows(
        IllegalArgumentException.class, () -> shell.run("tonekeep:job-cancel -t demo " + job));

    shell.run("tonekeep:job-retry -t demo " + job);
    assertEquals("waiting", stateOf(shell, job));
    shell.run("tonekeep:job-cancel -t demo " + job);
    // Another tenant has no such job.
    assertThrows(
        IllegalArgumentException.class, () -> shell.run("tonekeep:job-retry -t kan " + job));
    assertThrows(IllegalArgumentException.class, () -> shell.run("tonekeep:job-list -t nobody"));
  }

  private static String stateOf(Shell shell, JobId job) throws Exception {
    return row(shell.list("tonekeep:job-list -t demo"), job.value()).orElseThrow().get(2);
  }

  @Test
  public void shouldSetPlanAndRolesOfAnAccountAndShowPersonsOnlyWhenAsked() throws Exception {
    Shell shell = shell();
    String site = new Sites(context).fromDemo();
    TenantId tenant = new TenantId(site);
    AccountId id = new AccountId(Visitor.signedUpAt(site).account());
    Account account = service(Accounts.class).find(tenant, id).orElseThrow();

    shell.run("tonekeep:account-plan -t " + site + " " + id + " studio");
    shell.run("tonekeep:account-role -t " + site + " " + id + " staff");
    Account changed = service(Accounts.class).find(tenant, id).orElseThrow();
    assertEquals("studio", changed.plan());
    assertEquals(java.util.Set.of(Role.ARTIST, Role.STAFF), changed.roles());

    List<List<String>> plain = shell.list("tonekeep:account-list -t " + site);
    List<String> row = row(plain, id.value()).orElseThrow();
    assertEquals("studio", row.get(1));
    assertEquals("artist staff", row.get(2));
    assertTrue(plain.toString(), !plain.toString().contains(account.email()));
    assertTrue(shell.run("tonekeep:account-list --persons -t " + site).contains(account.email()));
    // Another tenant has no such account.
    assertThrows(
        IllegalArgumentException.class,
        () -> shell.run("tonekeep:account-plan -t demo " + id + " studio"));
    assertThrows(
        IllegalArgumentException.class,
        () -> shell.run("tonekeep:account-role -t " + site + " " + id + " emperor"));
  }

  @Test
  public void shouldListDataClassesAndStatus() throws Exception {
    Shell shell = shell();
    List<List<String>> classes = shell.list("tonekeep:data-class-list");
    for (String concern : List.of("identity", "auth", "catalog", "vault", "jobs", "analysis")) {
      assertTrue(
          concern + " is not in " + classes,
          classes.stream().anyMatch(row -> row.get(1).equals(concern)));
    }
    assertTrue(classes.toString(), classes.stream().allMatch(row -> row.get(2).equals("active")));

    List<List<String>> status = shell.list("tonekeep:status");
    for (String part : List.of("database", "migrations", "storage", "decoder", "jobs", "http")) {
      assertEquals(part, "yes", row(status, part).orElseThrow().get(1));
    }
  }
}
