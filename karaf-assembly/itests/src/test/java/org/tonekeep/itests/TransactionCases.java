package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/**
 * House law 5 in the real container: two persistence units (identity, vault) and plain JDBC (the
 * job table) commit together or not at all.
 */
public class TransactionCases extends InContainer {
  private static final TenantId DEMO = new TenantId("demo");

  @Test
  public void shouldCommitTwoUnitsAndPlainJdbcTogether() throws InterruptedException {
    AtomicReference<JobId> job = new AtomicReference<>();
    Blob blob = blob();
    String email = UUID.randomUUID() + "@example.org";

    service(Tx.class).run(DEMO, () -> job.set(writeAll(email, blob)));

    assertTrue(service(Accounts.class).findByEmail(DEMO, email).isPresent());
    assertTrue(service(Vault.class).find(DEMO, blob.key()).isPresent());
    assertTrue(service(Jobs.class).find(DEMO, job.get()).isPresent());
  }

  @Test
  public void shouldUndoAllOfItWhenTheEndFails() throws InterruptedException {
    AtomicReference<JobId> job = new AtomicReference<>();
    Blob blob = blob();
    String email = UUID.randomUUID() + "@example.org";
    Tx tx = service(Tx.class);

    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                tx.run(
                    DEMO,
                    () -> {
                      job.set(writeAll(email, blob));
                      throw new IllegalArgumentException("the end fails");
                    }));

    assertEquals("the end fails", thrown.getMessage());
    assertNothingOf(email, blob, job.get());
  }

  @Test
  public void shouldUndoAllOfItWhenAnInnerFailureWasSwallowed() throws InterruptedException {
    AtomicReference<JobId> job = new AtomicReference<>();
    Blob blob = blob();
    String email = UUID.randomUUID() + "@example.org";
    Tx tx = service(Tx.class);
    Accounts accounts = service(Accounts.class);
    Account taken = accounts.create(DEMO, UUID.randomUUID() + "@example.org", "Taken");

    assertThrows(
        IllegalStateException.class,
        () ->
            tx.run(
                DEMO,
                () -> {
                  job.set(writeAll(email, blob));
                  assertThrows(
                      EmailTakenException.class,
                      () -> accounts.create(DEMO, taken.email(), "Twice"));
                }));

    assertNothingOf(email, blob, job.get());
  }

  @Test
  public void shouldRefuseAnotherTenantInsideATransaction() throws InterruptedException {
    Tx tx = service(Tx.class);
    Accounts accounts = service(Accounts.class);
    TenantId other = new TenantId("kan");

    assertThrows(
        IllegalStateException.class,
        () -> tx.run(DEMO, () -> accounts.findByEmail(other, "a@example.org")));
  }

  private JobId writeAll(String email, Blob blob) {
    try {
      service(Accounts.class).create(DEMO, email, "Alice");
      service(Vault.class).record(DEMO, blob);
      return service(Jobs.class)
          .enqueue(DEMO, new JobRequest("", "itest.nobody", blob.key().id(), Map.of()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void assertNothingOf(String email, Blob blob, JobId job) throws InterruptedException {
    assertFalse(service(Accounts.class).findByEmail(DEMO, email).isPresent());
    assertFalse(service(Vault.class).find(DEMO, blob.key()).isPresent());
    assertFalse(service(Jobs.class).find(DEMO, job).isPresent());
  }

  private static Blob blob() {
    BlobKey key =
        new BlobKey(DEMO, UUID.randomUUID().toString(), "original", UUID.randomUUID().toString());
    return new Blob(key, 1, "00", "audio/mpeg", "fs");
  }
}
