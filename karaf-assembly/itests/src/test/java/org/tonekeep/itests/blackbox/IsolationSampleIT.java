package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.tonekeep.testing.kit.TenantWall;

/**
 * A sample of {@link IsolationIT}'s cases on PostgreSQL and S3, another each day: {@code
 * -Dtonekeep.sample=<seed>} repeats one, {@code -Dtonekeep.sample.size=all} takes them all. Every
 * statement that the platform executed meanwhile names a tenant (A13).
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class IsolationSampleIT {
  private static final int SIZE = 300;

  private static ServersOutside servers;
  private static IsolationSite site;

  @BeforeClass
  public static void boot() throws Exception {
    servers = ServersOutside.start();
    site =
        IsolationSite.start(
            servers.usedBy(Distribution.unpack()), "storage.adapter = s3\n", servers.objects());
  }

  @AfterClass
  public static void close() throws IOException {
    try {
      if (site != null) {
        site.platform().close();
      }
    } finally {
      servers.close();
    }
  }

  @Test
  public void shouldKeepEverybodyOutOnPostgresAndS3Too() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (Families.Family family : Families.of(site)) {
      cases.addAll(family.cases());
    }
    int all = cases.size();
    String size = System.getProperty("tonekeep.sample.size", Integer.toString(SIZE));
    long seed = Long.getLong("tonekeep.sample", LocalDate.now(ZoneOffset.UTC).toEpochDay());
    if (!size.equals("all")) {
      Collections.shuffle(cases, new Random(seed));
      cases = cases.subList(0, Math.min(all, Integer.parseInt(size)));
    }
    Isolation isolation = new Isolation(site);
    List<String> wrong = isolation.run(List.copyOf(cases));
    System.out.printf(
        "isolation: %d of %d cases on PostgreSQL and S3, sample %d%n",
        isolation.count(), all, seed);
    assertThat(wrong).isEmpty();
  }

  @Test
  public void shouldServeThoseWhoMayOnPostgresAndS3Too() throws Exception {
    assertThat(new SwapFamily(site).controls()).isEmpty();
  }

  /** Last by its name: all that was executed before is judged. */
  @Test
  public void shouldWriteATenantIntoEveryStatement() throws Exception {
    TenantWall wall = new TenantWall();
    Set<String> statements = servers.statements();
    List<String> objections = new ArrayList<>();
    statements.forEach(sql -> wall.objection(sql).ifPresent(objections::add));
    System.out.println("isolation: " + statements.size() + " different statements judged");
    assertThat(statements).hasSizeGreaterThan(100);
    assertThat(objections).isEmpty();
  }
}
