package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/**
 * Nobody reaches what is somebody else's: every case of every family, on Derby and files. The
 * families are described in {@link Families}.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class IsolationIT {
  private static final int AT_LEAST = 1500;

  private static IsolationSite site;
  private static Isolation isolation;

  @BeforeClass
  public static void boot() throws Exception {
    Distribution platform = Distribution.unpack();
    site = IsolationSite.start(platform, "", platform.data().resolve("blobs"));
    isolation = new Isolation(site);
  }

  @AfterClass
  public static void close() throws IOException {
    if (site != null) {
      site.platform().close();
    }
  }

  @Test
  public void shouldHaveACaseForEveryRoute() throws Exception {
    new SwapFamily(site).requireAll(Routes.of(site.person("victim")));
  }

  @Test
  public void shouldKeepEverybodyOutInEveryFamily() throws Exception {
    Map<String, List<String>> all = new TreeMap<>();
    for (Families.Family family : Families.of(site)) {
      long start = System.nanoTime();
      int before = isolation.count();
      List<String> wrong = isolation.run(family.cases());
      System.out.printf(
          "isolation: %s: %d cases in %d s%n",
          family.name(), isolation.count() - before, (System.nanoTime() - start) / 1_000_000_000);
      if (!wrong.isEmpty()) {
        all.put(family.name(), wrong);
      }
    }
    System.out.println("isolation: " + isolation.count() + " cases on Derby and files");
    assertThat(all).isEmpty();
    assertThat(isolation.count()).isGreaterThanOrEqualTo(AT_LEAST);
  }

  /** Last by its name: some of these end what the cases need. */
  @Test
  public void shouldServeThoseWhoMay() throws Exception {
    assertThat(new SwapFamily(site).controls()).isEmpty();
  }
}
