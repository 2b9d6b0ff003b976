package org.tonekeep.uploads.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackIntake;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.Quotas;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.uploads.internal.jpa.UploadStore;

/**
 * Makes a track of an upload whose bytes are all here: they stream, piece after piece, through the
 * vault's intake, which looks at them and hashes them. Track, jobs, the end of the pieces and the
 * upload's own row commit together, so that it happens once, whoever is killed when.
 */
@Component(service = Finish.class)
public final class Finish {
  private final UploadStore store;
  private final Uploads uploads;
  private final Vault vault;
  private final Quotas quotas;
  private final TrackIntake intake;
  private final Tx tx;

  @Activate
  public Finish(
      @Reference UploadStore store,
      @Reference Uploads uploads,
      @Reference Vault vault,
      @Reference Quotas quotas,
      @Reference TrackIntake intake,
      @Reference Tx tx) {
    this.store = store;
    this.uploads = uploads;
    this.vault = vault;
    this.quotas = quotas;
    this.intake = intake;
    this.tx = tx;
  }

  /**
   * Finishes an upload that is complete; others stay as they are. What is no audio that we take is
   * removed; after any other failure it is tried again, by the client's next request or the sweep.
   *
   * @return the upload, with its track when it is complete
   */
  public Upload finish(Upload upload) throws IOException {
    if (!upload.isComplete() || upload.track() != null) {
      return upload;
    }
    TenantId tenant = upload.tenant();
    TrackTexts texts = uploads.texts(upload);
    List<Part> parts = store.parts(tenant, upload);
    if (parts.stream().mapToLong(Part::length).sum() != upload.received()) {
      return finishedElsewhere(upload).orElseThrow(() -> Uploads.conflict(upload));
    }
    Blob blob;
    try (InputStream all = new PartsStream(tenant, vault, parts)) {
      blob = vault.receiveReserved(tenant, upload.owner().value(), all);
    } catch (UnsupportedAudioException | TooLargeException e) {
      uploads.remove(upload, Actor.platform(), "upload.refuse", "");
      throw e;
    } catch (NoSuchBlobException e) {
      return finishedElsewhere(upload).orElseThrow(() -> e);
    }
    try {
      return tx.call(tenant, () -> become(upload, blob, texts));
    } catch (RuntimeException e) {
      // A commit whose answer got lost may have happened.
      if (vault.find(tenant, blob.key()).isEmpty()) {
        vault.abandon(tenant, blob);
      }
      return finishedElsewhere(upload).orElseThrow(() -> e);
    }
  }

  /** Another node was faster: the pieces are gone, and the track is there. */
  private Optional<Upload> finishedElsewhere(Upload upload) {
    return store.find(upload.tenant(), upload.id()).filter(now -> now.track() != null);
  }

  private Upload become(Upload upload, Blob blob, TrackTexts texts) {
    TenantId tenant = upload.tenant();
    Upload now = store.lock(tenant, upload.id()).orElseThrow(ProblemException::notFound);
    if (now.track() != null) {
      throw Uploads.conflict(now);
    }
    quotas.release(tenant, now.owner().value(), now.reserved(), 1);
    Track track = intake.put(tenant, now.owner(), blob, texts);
    store.parts(tenant, now).forEach(part -> vault.discard(tenant, part.blob()));
    return store.finish(tenant, now, track.id().value());
  }
}
