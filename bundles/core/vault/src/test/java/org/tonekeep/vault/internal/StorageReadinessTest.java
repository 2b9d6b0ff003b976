package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.testing.kit.TestDatabase;

public final class StorageReadinessTest {
  private TestVault site;

  @Before
  public void open() {
    site = new TestVault(TestDatabase.Engine.DERBY);
  }

  @After
  public void close() {
    site.close();
  }

  @Test
  public void shouldTellWhichTenantsLackTheirAdapter() {
    StorageReadiness readiness =
        new StorageReadiness(
            site.sites,
            site.stores,
            new OrphanSweep(site.sites, site.stores, site.rows, site.removal, site.clock, 10),
            site.elsewhere());
    assertThat(readiness.check().ready()).isTrue();
    site.sites.set(BOB, false, Map.of("storage.adapter", "s3"));
    assertThat(readiness.check().ready()).isFalse();
    assertThat(readiness.check().detail()).isEqualTo("bob needs adapter 's3'");
    site.sites.set(BOB, true, Map.of("storage.adapter", "s3"));
    assertThat(readiness.check().ready()).isTrue();
  }
}
