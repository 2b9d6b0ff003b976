package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.io.IOException;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.memory.internal.MemoryBlobStore;
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

  @Test
  public void shouldNameWhatStillNeedsAnotherAdapterAndStayReady() throws IOException {
    boolean unused = site.recorded(BOB, MadeAudio.wav(10)).mediaType().isEmpty();
    BlobStore fresh = new MemoryBlobStore(site.clock, 1000);
    site.add("new", fresh);
    site.sites.set(BOB, false, Map.of("storage.adapter", "new"));
    site.sites.set(ALICE, false, Map.of("storage.adapter", "new"));
    StorageReadiness readiness =
        new StorageReadiness(
            site.sites,
            site.stores,
            new OrphanSweep(site.sites, site.stores, site.rows, site.removal, site.clock, 10),
            site.elsewhere());
    assertThat(readiness.check().detail())
        .isEqualTo("Adapters: memory, new; 1 blobs of bob still need adapter 'memory'");
    site.remove("memory", site.memory);
    assertThat(readiness.check().ready()).isTrue();
    assertThat(readiness.check().detail()).endsWith("'memory', which is NOT RUNNING");
  }
}
