package org.tonekeep.portrait.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.portrait.internal.jpa.PortraitStore;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Keeps one image for each account that wants one. */
@Component(service = Portraits.class)
public final class Portraits {
  private static final int TRIES = 3;

  private final Tenants tenants;
  private final Gate gate;
  private final Limits limits;
  private final PortraitStore store;
  private final Workshop workshop;
  private final Vault vault;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public Portraits(
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference Limits limits,
      @Reference PortraitStore store,
      @Reference Workshop workshop,
      @Reference Vault vault,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.gate = gate;
    this.limits = limits;
    this.store = store;
    this.workshop = workshop;
    this.vault = vault;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * An image with its bytes.
   *
   * @param blob as the vault knows it
   */
  public record Held(Portrait portrait, Blob blob) {}

  /**
   * Counts an upload, before its bytes are read.
   *
   * @throws ProblemException 403 {@code image-not-kept} where {@code accounts.fields} has no image,
   *     429
   * @throws org.tonekeep.tenant.api.PromiseUnkeptException see {@link Gate}
   */
  public void admit(Caller caller, Peer peer) {
    if (!tenants.require(caller.tenant()).get(AccountSettings.FIELDS).contains("image")) {
      throw ProblemException.of(
          403, "image-not-kept", "Not kept here", "This site keeps no profile images");
    }
    gate.requireKept(caller.tenant(), Act.INTAKE);
    limits.take(caller.tenant(), LimitedAct.UPLOAD, caller.account().value(), peer.limitKey());
  }

  /**
   * Makes a new picture of the upload and keeps that; the one before is thrown away.
   *
   * @throws org.tonekeep.rest.api.ProblemException 415, 422 or 429 of {@link Workshop#make}
   */
  public Held set(Caller caller, byte[] upload, Peer peer) throws IOException {
    TenantId tenant = caller.tenant();
    Picture picture = workshop.make(upload);
    Blob blob =
        vault.store(
            tenant,
            caller.account().value(),
            Portrait.KIND,
            picture.mediaType(),
            new ByteArrayInputStream(picture.bytes()));
    Portrait portrait =
        new Portrait(blob.key(), picture.width(), picture.height(), clock.instant());
    try {
      keep(caller, blob, portrait, peer);
    } catch (RuntimeException e) {
      // A commit whose answer got lost may have happened.
      if (vault.find(tenant, blob.key()).isEmpty()) {
        vault.abandon(tenant, blob);
      }
      throw e;
    }
    return new Held(portrait, blob);
  }

  /** Of two first images at the same moment the second one replaces the other. */
  private void keep(Caller caller, Blob blob, Portrait portrait, Peer peer) {
    TenantId tenant = caller.tenant();
    for (int i = 1; ; i++) {
      try {
        tx.run(
            tenant,
            () -> {
              vault.record(tenant, blob);
              store.put(tenant, portrait).ifPresent(old -> vault.discard(tenant, old.blob()));
              audit.append(tenant, entry(caller, "portrait.set", peer));
            });
        return;
      } catch (SimultaneousException e) {
        if (i == TRIES) {
          ProblemException refused =
              ProblemException.of(
                  409, "simultaneous", "Set at the same moment", "Another image was set just now");
          refused.addSuppressed(e);
          throw refused;
        }
      }
    }
  }

  /** The caller's image. */
  public Optional<Held> find(Caller caller) {
    return store
        .find(caller.tenant(), caller.account())
        .flatMap(
            portrait ->
                vault.find(caller.tenant(), portrait.blob()).map(blob -> new Held(portrait, blob)));
  }

  /** Throws the caller's image away, if there is one. */
  public void remove(Caller caller, Peer peer) {
    TenantId tenant = caller.tenant();
    tx.run(
        tenant,
        () ->
            store
                .remove(tenant, caller.account())
                .ifPresent(
                    old -> {
                      vault.discard(tenant, old.blob());
                      audit.append(tenant, entry(caller, "portrait.remove", peer));
                    }));
  }

  private static AuditEntry entry(Caller caller, String action, Peer peer) {
    return AuditEntry.of(Actor.of(caller), action)
        .on(caller.account().value())
        .ownedBy(caller.account())
        .from(peer.tag());
  }
}
