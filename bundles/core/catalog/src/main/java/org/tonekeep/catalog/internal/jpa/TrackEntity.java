package org.tonekeep.catalog.internal.jpa;

import java.io.Serializable;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.InstantConverter;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/** A row of {@code catalog_track}. */
@Entity
@Table(name = "catalog_track")
@IdClass(TrackEntity.Key.class)
public class TrackEntity {
  @Id String tenant;
  @Id String id;
  String owner;
  String title;
  String artist;
  String genre;

  /** Lower case, so that both databases sort alike whatever their collation. */
  @Column(name = "title_sort")
  String titleSort;

  /** What a search looks through: title, artist and genre in lower case, a line each. */
  String haystack;

  @Column(name = "blob_kind")
  String blobKind;

  @Column(name = "blob_id")
  String blobId;

  @Column(name = "media_type")
  String mediaType;

  String format;

  @Column(name = "size_bytes")
  long sizeBytes;

  String sha256;

  @Column(name = "duration_seconds")
  @Nullable Double durationSeconds;

  @Column(name = "sample_rate")
  @Nullable Integer sampleRate;

  @Nullable Integer channels;
  @Nullable Double bpm;

  @Column(name = "musical_key")
  @Nullable String musicalKey;

  String state;
  @Nullable String failure;

  @Column(name = "created_at")
  @Convert(converter = InstantConverter.class)
  Instant createdAt;

  @Column(name = "deleted_at")
  @Convert(converter = InstantConverter.class)
  @Nullable Instant deletedAt;

  @Column(name = "purge_at")
  @Convert(converter = InstantConverter.class)
  @Nullable Instant purgeAt;

  /** For JPA. */
  protected TrackEntity() {}

  TrackEntity(Track track) {
    tenant = track.tenant().value();
    id = track.id().value();
    owner = track.owner().value();
    blobKind = track.original().kind();
    blobId = track.original().id();
    mediaType = track.mediaType();
    format = track.format();
    sizeBytes = track.sizeBytes();
    sha256 = track.sha256();
    durationSeconds = track.durationSeconds();
    sampleRate = track.sampleRate();
    channels = track.channels();
    bpm = track.bpm();
    musicalKey = track.key();
    state = track.state().word();
    failure = track.failure();
    createdAt = track.createdAt();
    deletedAt = track.deletedAt();
    purgeAt = track.purgeAt();
    describe(track.title(), track.artist(), track.genre());
  }

  final void describe(String newTitle, String newArtist, String newGenre) {
    title = newTitle;
    artist = newArtist;
    genre = newGenre;
    titleSort = newTitle.toLowerCase(Locale.ROOT);
    haystack = (newTitle + "\n" + newArtist + "\n" + newGenre).toLowerCase(Locale.ROOT);
  }

  Track track() {
    TenantId at = new TenantId(tenant);
    return new Track(
        at,
        new TrackId(id),
        new AccountId(owner),
        title,
        artist,
        genre,
        new BlobKey(at, owner, blobKind, blobId),
        mediaType,
        format,
        sizeBytes,
        sha256,
        durationSeconds,
        sampleRate,
        channels,
        bpm,
        musicalKey,
        TrackState.valueOf(state.toUpperCase(Locale.ROOT)),
        failure,
        createdAt,
        deletedAt,
        purgeAt);
  }

  /** The primary key. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("NullAway.Init") // JPA sets it
    String tenant;

    @SuppressWarnings("NullAway.Init") // JPA sets it
    String id;

    /** For JPA. */
    public Key() {}

    Key(TenantId tenant, TrackId id) {
      this.tenant = tenant.value();
      this.id = id.value();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.tenant.equals(tenant) && key.id.equals(id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenant, id);
    }
  }
}
