package org.tonekeep.vault.internal;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.vault.internal.crypt.DamagedBlobException;
import org.tonekeep.vault.internal.crypt.EncryptedBlobStore;

/** Tells the operator's log and the tenant's audit log of stored bytes that are not authentic. */
@Component(service = DamageReport.class)
public final class DamageReport implements EncryptedBlobStore.Damages {
  private static final Logger LOG = LoggerFactory.getLogger(DamageReport.class);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Audit audit;

  @Override
  public void found(BlobKey key, DamagedBlobException how) {
    LOG.error("{}: {}", key.path(), how.getMessage(), how);
    Audit log = audit;
    if (log == null) {
      return;
    }
    try {
      log.append(
          key.tenant(),
          AuditEntry.of(Actor.platform(), "blob.damage")
              .on(key.id())
              .ownedBy(new AccountId(key.owner()))
              .with("kind", key.kind())
              .failed());
    } catch (RuntimeException e) {
      // The reader is to hear of the damage, not of the log; whatever the database throws.
      LOG.error("The damage of {} is not in the audit log", key.path(), e);
    }
  }
}
