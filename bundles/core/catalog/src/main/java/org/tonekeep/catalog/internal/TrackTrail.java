package org.tonekeep.catalog.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.tenant.api.TenantId;

/** What is done to tracks, in the audit log: one entry each, in the transaction that does it. */
@Component(service = TrackTrail.class)
public final class TrackTrail {
  private static final String UPLOAD = "track.upload";

  private final Audit audit;

  @Activate
  public TrackTrail(@Reference Audit audit) {
    this.audit = audit;
  }

  void uploaded(Track track, ByWhom by) {
    audit.append(
        track.tenant(),
        entry(track, by, UPLOAD)
            .with("blob", track.original().id())
            .with("bytes", Long.toString(track.sizeBytes())));
  }

  void trashed(Track track, ByWhom by) {
    audit.append(track.tenant(), entry(track, by, "track.trash"));
  }

  void restored(Track track, ByWhom by) {
    audit.append(track.tenant(), entry(track, by, "track.restore"));
  }

  void purged(Track track, ByWhom by) {
    audit.append(track.tenant(), entry(track, by, "track.purge"));
  }

  /** Its owner is being erased: the entry does not say whose it was. */
  void erased(Track track) {
    audit.append(
        track.tenant(),
        AuditEntry.of(ByWhom.platform().actor(), "track.purge").on(track.id().value()));
  }

  /** An upload became no track; commits by itself. */
  public void refused(TenantId tenant, AccountId owner, ByWhom by, Throwable why) {
    try {
      audit.appendApart(
          tenant,
          AuditEntry.of(by.actor(), UPLOAD)
              .ownedBy(owner)
              .from(by.peer())
              .failed()
              .with("why", word(why)));
    } catch (RuntimeException e) {
      why.addSuppressed(e); // what is on its way says more
    }
  }

  private static String word(Throwable why) {
    if (why instanceof ProblemException problem) {
      return problem.code();
    }
    if (why instanceof TooLargeException) {
      return "too-large";
    }
    if (why instanceof QuotaExceededException) {
      return "quota-exceeded";
    }
    if (why instanceof UnsupportedAudioException) {
      return "unsupported-audio";
    }
    return why instanceof StorageFullException ? "storage-full" : "failed";
  }

  private static AuditEntry entry(Track track, ByWhom by, String action) {
    return AuditEntry.of(by.actor(), action)
        .on(track.id().value())
        .ownedBy(track.owner())
        .from(by.peer());
  }
}
