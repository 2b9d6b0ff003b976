package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.crypt.DamagedBlobException;
import org.tonekeep.vault.internal.jpa.BlobRowStore;
import org.tonekeep.vault.internal.jpa.CopyStore;

/**
 * Moves one blob to another adapter: copies its ciphertext as it lies, reads them back from there
 * as a reader would, and only when they are what the row says makes the row name the new place. The
 * old copy stays for whoever is reading it, and is deleted later. Stopped at any point, nothing is
 * lost, and the next try ends what this one began.
 */
@Component(service = BlobMove.class)
public final class BlobMove {
  /** How long an unfinished copy waits for its next try. */
  static final Duration UNFINISHED = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(BlobMove.class);

  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final CopyStore copies;
  private final BlobRemoval removal;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public BlobMove(
      @Reference StoreBoard stores,
      @Reference BlobRowStore rows,
      @Reference CopyStore copies,
      @Reference BlobRemoval removal,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.stores = stores;
    this.rows = rows;
    this.copies = copies;
    this.removal = removal;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * Moves a blob.
   *
   * @param blob as it was when somebody looked
   * @param keepOld how long its old copy stays
   * @return false when it was discarded or moved meanwhile
   * @throws IOException when it could not be moved: it is where it was, and its message says why
   * @throws AdapterMissingException when one of the two adapters is not running
   */
  boolean move(TenantId tenant, Blob blob, String to, Duration keepOld, Pace pace)
      throws IOException {
    BlobKey key = blob.key();
    BlobStore target = stores.ciphertext(to);
    if (!begin(tenant, blob, to)) {
      return false;
    }
    boolean moved = false;
    try {
      boolean there =
          verifiedEarlier(tenant, blob, to, target, pace)
              || (copied(tenant, blob, target, pace) && verified(tenant, blob, to, pace));
      moved = there && named(tenant, blob, to, target, keepOld);
      return moved;
    } finally {
      if (!moved && !Thread.currentThread().isInterrupted()) {
        withdraw(tenant, key, to, target);
      }
    }
  }

  /** Remembers the copy before there is one, so that no crash leaves bytes that nobody knows. */
  private boolean begin(TenantId tenant, Blob blob, String to) {
    return tx.call(
        tenant,
        () -> {
          boolean there = lies(tenant, blob.key(), blob.adapter());
          if (there) {
            copies.keep(tenant, blob.key(), to, clock.instant().plus(UNFINISHED));
          }
          return there;
        });
  }

  private boolean lies(TenantId tenant, BlobKey key, String adapter) {
    return rows.find(tenant, key).filter(r -> r.blob().adapter().equals(adapter)).isPresent();
  }

  /** Whether a try that was cut off left a whole copy; a bad one is deleted. */
  private boolean verifiedEarlier(
      TenantId tenant, Blob blob, String to, BlobStore target, Pace pace) throws IOException {
    if (!there(target, blob.key())) {
      return false;
    }
    try {
      if (Reading.of(stores.require(to), blob.key(), pace).is(blob)) {
        return true;
      }
    } catch (DamagedBlobException | NoSuchBlobException bad) {
      LOG.warn("{} has a bad copy in '{}', which is made anew", blob.key().path(), to, bad);
    }
    if (removal.remove(tenant, blob.key(), to, target) == BlobRemoval.Outcome.REMEMBERED) {
      return true;
    }
    copies.keep(tenant, blob.key(), to, clock.instant().plus(UNFINISHED));
    return false;
  }

  private boolean copied(TenantId tenant, Blob blob, BlobStore target, Pace pace)
      throws IOException {
    BlobStore source = stores.ciphertext(blob.adapter());
    try (InputStream bytes = source.read(blob.key(), 0, BlobStore.TO_THE_END)) {
      long unused = target.put(blob.key(), pace.over(bytes));
      return true;
    } catch (NoSuchBlobException gone) {
      if (lies(tenant, blob.key(), blob.adapter())) {
        throw new IOException("its bytes are missing in '" + blob.adapter() + "'", gone);
      }
      return false;
    }
  }

  private boolean verified(TenantId tenant, Blob blob, String to, Pace pace) throws IOException {
    Reading.Found found;
    try {
      found = Reading.of(stores.require(to), blob.key(), pace);
    } catch (NoSuchBlobException gone) {
      if (lies(tenant, blob.key(), blob.adapter())) {
        throw new IOException("its copy in '" + to + "' cannot be read", gone);
      }
      return false;
    }
    if (!found.is(blob)) {
      throw new IOException("its copy in '" + to + "' has other bytes than its row says");
    }
    return true;
  }

  private boolean named(TenantId tenant, Blob blob, String to, BlobStore target, Duration keepOld)
      throws IOException {
    try {
      return tx.call(tenant, () -> locked(tenant, blob, to, target, keepOld));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean locked(
      TenantId tenant, Blob blob, String to, BlobStore target, Duration keepOld) {
    BlobKey key = blob.key();
    String from = blob.adapter();
    // Always in the same order, so that no two wait for each other.
    Map<String, Boolean> known = new TreeMap<>(Map.of(from, false, to, false));
    known.replaceAll((place, unused) -> copies.lock(tenant, key, place));
    try {
      if (!there(target, key)) {
        throw new IOException("its copy in '" + to + "' was deleted by somebody else");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!rows.move(tenant, key, from, to)) {
      known.entrySet().stream()
          .filter(place -> !place.getValue())
          .forEach(place -> copies.clear(tenant, key, place.getKey()));
      return false;
    }
    Instant until = clock.instant().plus(keepOld);
    copies.clear(tenant, key, to);
    copies.keep(tenant, key, from, until);
    audit.append(tenant, entry(blob, to));
    return true;
  }

  /** The entry of a move. */
  static AuditEntry entry(Blob blob, String to) {
    return AuditEntry.of(Actor.platform(), "blob.move")
        .on(blob.key().id())
        .ownedBy(new AccountId(blob.key().owner()))
        .with("kind", blob.key().kind())
        .with("from", blob.adapter())
        .with("to", to);
  }

  private static boolean there(BlobStore target, BlobKey key) throws IOException {
    return target.stat(key).isPresent();
  }

  private void withdraw(TenantId tenant, BlobKey key, String to, BlobStore target) {
    try {
      BlobRemoval.Outcome unused = removal.remove(tenant, key, to, target);
    } catch (IOException e) {
      LOG.warn("A copy of {} in '{}' stays for now: {}", key.path(), to, e.toString());
    }
  }
}
