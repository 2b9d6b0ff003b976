package org.tonekeep.uploads.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.catalog.api.TrackIntake;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.QuotaExceededException.What;
import org.tonekeep.storage.api.Quotas;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.uploads.internal.jpa.UploadStore;

/** Begins, continues and ends uploads. Who changes one has its {@link Turns turn}. */
@Component(service = Uploads.class)
public final class Uploads {
  static final String METADATA = "uploads_upload.metadata";

  /** What a {@code kill -9} can cost at most, unless a file would have more pieces than that. */
  private static final long PIECE = 16L << 20;

  private static final int USUAL_PIECES = 256;
  private static final int MOST_PIECES = 10_000;

  private final UploadStore store;
  private final Vault vault;
  private final Quotas quotas;
  private final TrackIntake intake;
  private final OwnerKeys keys;
  private final Gate gate;
  private final Tenants tenants;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public Uploads(
      @Reference UploadStore store,
      @Reference Vault vault,
      @Reference Quotas quotas,
      @Reference TrackIntake intake,
      @Reference OwnerKeys keys,
      @Reference Gate gate,
      @Reference Tenants tenants,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.vault = vault;
    this.quotas = quotas;
    this.intake = intake;
    this.keys = keys;
    this.gate = gate;
    this.tenants = tenants;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  /** The largest file that the tenant takes. */
  public long most(TenantId tenant) {
    return vault.maxUploadBytes(tenant);
  }

  /**
   * Begins an upload and sets room aside for it.
   *
   * @param total bytes in all; null when that is not known yet
   */
  public Upload begin(Caller caller, @Nullable Long total, Metadata metadata, Peer peer) {
    TenantId tenant = caller.tenant();
    String owner = caller.account().value();
    gate.requireKept(tenant, Act.INTAKE);
    TrackTexts unused = texts(metadata); // refused before gigabytes are sent, not after
    if (total != null) {
      requireFits(tenant, total);
    }
    quotas.require(tenant, owner, total == null ? 0 : total);
    Instant now = clock.instant();
    Upload upload =
        new Upload(
            tenant,
            Ids.next(clock),
            caller.account(),
            total,
            0,
            0,
            keys.sealText(tenant, owner, METADATA, metadata.header()),
            null,
            now,
            now.plus(tenants.require(tenant).get(UploadsFeature.KEEP)));
    tx.run(
        tenant,
        () -> {
          // Before the counters are locked: who ends an upload locks it first, and them then.
          long under = store.unfinished(tenant, caller.account());
          int most = tenants.require(tenant).get(UploadsFeature.MOST);
          if (under >= most) {
            throw new QuotaExceededException(What.UPLOADS, under, most);
          }
          quotas.reserve(tenant, owner, upload.reserved(), 1);
          store.insert(tenant, upload);
          audit.append(tenant, entry(upload, Actor.of(caller), "upload.begin").from(peer.tag()));
        });
    return upload;
  }

  private void requireFits(TenantId tenant, long total) {
    if (total == 0) {
      throw new UnsupportedAudioException("The file is empty");
    }
    long most = most(tenant);
    if (total > most) {
      throw new TooLargeException(most);
    }
  }

  private TrackTexts texts(Metadata metadata) {
    return intake.describe(
        metadata.values().get("title"),
        metadata.values().get("artist"),
        metadata.values().get("genre"),
        metadata.fileName());
  }

  TrackTexts texts(Upload upload) {
    return texts(metadata(upload));
  }

  /** What the client said of the file. */
  public Metadata metadata(Upload upload) {
    return Metadata.parse(
        keys.openText(upload.tenant(), upload.owner().value(), METADATA, upload.metadata()));
  }

  /** The owner's upload, unless its time is over. */
  public Optional<Upload> find(TenantId tenant, AccountId owner, String id) {
    return store
        .find(tenant, id)
        .filter(u -> u.owner().equals(owner) && u.expiresAt().isAfter(clock.instant()));
  }

  /** The owner's uploads after a cursor. */
  public List<Upload> list(TenantId tenant, AccountId owner, String after, int limit) {
    return store.ofOwner(tenant, owner, after, limit);
  }

  /** What the owner keeps and may keep. */
  public Quotas.Usage usage(TenantId tenant, AccountId owner) {
    return quotas.usage(tenant, owner.value());
  }

  /**
   * Says how long an upload will be that was begun without.
   *
   * @throws ProblemException 400 when something else was said before
   */
  public Upload announce(Upload upload, long total) {
    Long known = upload.total();
    if (known != null && known == total) {
      return upload;
    }
    if (known != null || total < upload.received()) {
      throw ProblemException.of(
          400, "bad-upload-length", "Bad length", "The length of the upload is another one");
    }
    TenantId tenant = upload.tenant();
    requireFits(tenant, total);
    return tx.call(
        tenant,
        () -> {
          Upload now = locked(upload, upload.received());
          quotas.reserve(tenant, now.owner().value(), total - now.received(), 0);
          return store.announce(tenant, now, total);
        });
  }

  /**
   * Keeps what comes, piece by piece: each is durable and counted before the next is read. With a
   * checksum all pieces are counted when it is right, or none.
   *
   * @throws ProblemException 400 {@code incomplete-body} when the connection broke, {@code
   *     upload-interrupted} when another request went on with the upload, 413 {@code
   *     upload-too-long}, 460 {@code checksum-mismatch}
   */
  public Upload append(Upload upload, Arriving body) throws IOException {
    gate.requireKept(upload.tenant(), Act.INTAKE);
    Upload now = body.checksum() == null ? byPieces(upload, body) : asAWhole(upload, body);
    if (body.isTakenOver()) {
      throw ProblemException.of(
          400, "upload-interrupted", "Interrupted", "Another request goes on with this upload");
    }
    if (body.isBroken()) {
      throw ProblemException.of(
          400, "incomplete-body", "Upload broken off", "What came before it broke off is kept");
    }
    return now;
  }

  private Upload byPieces(Upload upload, Arriving body) throws IOException {
    Upload now = upload;
    while (hasMore(now, now.received(), body)) {
      Blob piece = receive(now, now.received(), body);
      now = keep(now, List.of(piece));
    }
    return now;
  }

  private Upload asAWhole(Upload upload, Arriving body) throws IOException {
    List<Blob> pieces = new ArrayList<>();
    long at = upload.received();
    boolean kept = false;
    try {
      while (hasMore(upload, at, body)) {
        Blob piece = receive(upload, at, body);
        pieces.add(piece);
        at += piece.length();
      }
      Checksum checksum = body.checksum();
      if (body.isBroken()) {
        return upload; // nobody can say whether what came is right
      }
      if (checksum != null && !checksum.matches()) {
        throw ProblemException.of(
            460,
            "checksum-mismatch",
            "Checksum mismatch",
            "The bytes are not those that were sent");
      }
      kept = true;
      return pieces.isEmpty() ? upload : keep(upload, pieces);
    } finally {
      if (!kept) {
        pieces.forEach(piece -> vault.abandon(upload.tenant(), piece));
      }
    }
  }

  private boolean hasMore(Upload upload, long at, Arriving body) {
    if (!body.hasMore()) {
      return false;
    }
    Long total = upload.total();
    if (total != null && at >= total) {
      throw ProblemException.of(
          413, "upload-too-long", "Too many bytes", "The upload has more bytes than it announced");
    }
    if (at >= most(upload.tenant())) {
      throw new TooLargeException(most(upload.tenant()));
    }
    if (upload.parts() >= MOST_PIECES) {
      throw ProblemException.of(
          400, "too-many-parts", "Too many parts", "Send this upload in larger parts");
    }
    return true;
  }

  private Blob receive(Upload upload, long at, Arriving body) throws IOException {
    TenantId tenant = upload.tenant();
    Long total = upload.total();
    long left = (total == null ? most(tenant) : total) - at;
    long piece = Math.max(PIECE, (total == null ? 0 : total) / USUAL_PIECES);
    return vault.store(
        tenant,
        upload.owner().value(),
        Part.KIND,
        "application/octet-stream",
        body.piece(Math.min(left, piece)));
  }

  /** From here on the pieces are durable, and the offset that is told includes them. */
  private Upload keep(Upload upload, List<Blob> pieces) {
    TenantId tenant = upload.tenant();
    try {
      return tx.call(
          tenant,
          () -> {
            Upload now = locked(upload, upload.received());
            for (Blob piece : pieces) {
              if (now.total() == null) {
                quotas.reserve(tenant, now.owner().value(), piece.length(), 0);
              }
              vault.record(tenant, piece);
              Part part = new Part(now.received(), piece.length(), piece.key());
              now = store.add(tenant, now, part);
            }
            return now;
          });
    } catch (RuntimeException e) {
      // A commit whose answer got lost may have happened.
      for (Blob piece : pieces) {
        if (vault.find(tenant, piece.key()).isEmpty()) {
          vault.abandon(tenant, piece);
        }
      }
      throw e;
    }
  }

  /**
   * The upload as it is, locked for the transaction.
   *
   * @throws ProblemException 409 {@code offset-conflict} when somebody, on another node perhaps,
   *     has gone on with it; 404 when it is gone
   */
  private Upload locked(Upload upload, long received) {
    Upload now = store.lock(upload.tenant(), upload.id()).orElseThrow(ProblemException::notFound);
    if (now.received() != received || now.track() != null) {
      throw conflict(now);
    }
    return now;
  }

  /** The client is at another offset. */
  public static ProblemException conflict(Upload now) {
    return ProblemException.of(
            409, "offset-conflict", "Another offset", "The upload goes on at another offset")
        .withHeader("Upload-Offset", String.valueOf(now.received()));
  }

  /** Ends an upload: its bytes go; a track that it has become stays. */
  public void remove(Upload upload, Actor actor, String action, String peer) {
    TenantId tenant = upload.tenant();
    tx.run(
        tenant,
        () -> {
          Optional<Upload> found = store.lock(tenant, upload.id());
          if (found.isPresent()) {
            Upload now = found.get();
            if (now.track() == null) {
              quotas.release(tenant, now.owner().value(), now.reserved(), 1);
              audit.append(tenant, entry(now, actor, action).from(peer));
            }
            store.parts(tenant, now).forEach(part -> vault.discard(tenant, part.blob()));
            store.delete(tenant, now);
          }
        });
  }

  private static AuditEntry entry(Upload upload, Actor actor, String action) {
    return AuditEntry.of(actor, action).on(upload.id()).ownedBy(upload.owner());
  }
}
