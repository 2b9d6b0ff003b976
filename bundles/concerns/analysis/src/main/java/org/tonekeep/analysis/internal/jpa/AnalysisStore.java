package org.tonekeep.analysis.internal.jpa;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.analysis.internal.Analysis;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/** What is known of each track. */
@Component(service = AnalysisStore.class)
public final class AnalysisStore {
  private static final int PAGE = 200;
  private static final String PEAKS = "peaks";

  private final Database db;

  @Activate
  public AnalysisStore(@Reference(target = "(unit=analysis)") Database db) {
    this.db = db;
  }

  /**
   * Writes an analysis in the place of an older one.
   *
   * @return the older one's waveform, which nobody needs any more
   */
  public Optional<BlobKey> put(TenantId tenant, Analysis analysis) {
    return db.call(
        tenant,
        em -> {
          // Locked, so that of two analyses that end at once each replaces what is really there.
          AnalysisEntity row =
              em.find(
                  AnalysisEntity.class,
                  new AnalysisEntity.Key(tenant.value(), analysis.track().value()),
                  LockModeType.PESSIMISTIC_WRITE);
          Optional<BlobKey> old =
              Optional.ofNullable(row)
                  .map(r -> peaks(tenant, r))
                  .filter(key -> !key.equals(analysis.peaks()));
          AnalysisEntity target = row == null ? new AnalysisEntity() : row;
          fill(target, tenant, analysis);
          if (row == null) {
            em.persist(target);
          }
          return old;
        });
  }

  public Optional<Analysis> find(TenantId tenant, TrackId track) {
    return db.call(
        tenant, em -> Optional.ofNullable(row(em, tenant, track)).map(r -> analysis(tenant, r)));
  }

  /**
   * Forgets a track.
   *
   * @return where its waveform lies, when it was known
   */
  public Optional<BlobKey> delete(TenantId tenant, TrackId track) {
    return db.call(
        tenant,
        em -> {
          AnalysisEntity row = row(em, tenant, track);
          if (row == null) {
            return Optional.empty();
          }
          em.remove(row);
          return Optional.of(peaks(tenant, row));
        });
  }

  /**
   * The analysed tracks in the order of their ids, after one of them (empty for the first page).
   */
  public List<TrackId> tracks(TenantId tenant, String after, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT a.trackId FROM AnalysisEntity a WHERE a.tenant = :tenant"
                        + " AND a.trackId > :after ORDER BY a.trackId",
                    String.class)
                .setParameter("tenant", tenant.value())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(TrackId::new)
                .toList());
  }

  /**
   * Forgets what was measured of the loudness of all of the tenant's tracks.
   *
   * @return of how many there was something to forget
   */
  public int forgetLoudness(TenantId tenant) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "UPDATE AnalysisEntity a SET a.loudnessMeasured = 0, a.integratedLufs = NULL,"
                        + " a.rangeLu = NULL, a.truePeakDbtp = NULL, a.samplePeakDbfs = NULL"
                        + " WHERE a.tenant = :tenant AND a.loudnessMeasured <> 0")
                .setParameter("tenant", tenant.value())
                .executeUpdate());
  }

  /** Gives all analyses of an owner's tracks, by track. */
  public void forEachOf(TenantId tenant, AccountId owner, Consumer<Analysis> each) {
    String after = "";
    List<Analysis> page;
    do {
      page = page(tenant, owner, after);
      for (Analysis analysis : page) {
        each.accept(analysis);
        after = analysis.track().value();
      }
    } while (page.size() == PAGE);
  }

  private List<Analysis> page(TenantId tenant, AccountId owner, String after) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT a FROM AnalysisEntity a WHERE a.tenant = :tenant AND a.ownerId = :owner"
                        + " AND a.trackId > :after ORDER BY a.trackId",
                    AnalysisEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner.value())
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList()
                .stream()
                .map(r -> analysis(tenant, r))
                .toList());
  }

  private static @Nullable AnalysisEntity row(EntityManager em, TenantId tenant, TrackId track) {
    return em.find(AnalysisEntity.class, new AnalysisEntity.Key(tenant.value(), track.value()));
  }

  private static void fill(AnalysisEntity row, TenantId tenant, Analysis analysis) {
    row.tenant = tenant.value();
    row.trackId = analysis.track().value();
    row.ownerId = analysis.owner().value();
    row.durationSeconds = analysis.durationSeconds();
    row.sampleRate = analysis.sampleRate();
    row.channels = analysis.channels();
    row.truncated = (short) (analysis.truncated() ? 1 : 0);
    Analysis.Loudness loudness = analysis.loudness();
    row.loudnessMeasured = (short) (loudness == null ? 0 : 1);
    row.integratedLufs = loudness == null ? null : loudness.integratedLufs();
    row.rangeLu = loudness == null ? null : loudness.rangeLu();
    row.truePeakDbtp = loudness == null ? null : loudness.truePeakDbtp();
    row.samplePeakDbfs = loudness == null ? null : loudness.samplePeakDbfs();
    row.algorithmId = analysis.algorithmId();
    row.algorithmVersion = analysis.algorithmVersion();
    row.peaksId = analysis.peaks().id();
    row.analysedAt = analysis.analysedAt();
  }

  private static Analysis analysis(TenantId tenant, AnalysisEntity row) {
    return new Analysis(
        new TrackId(row.trackId),
        new AccountId(row.ownerId),
        row.durationSeconds,
        row.sampleRate,
        row.channels,
        row.truncated != 0,
        row.loudnessMeasured == 0
            ? null
            : new Analysis.Loudness(
                row.integratedLufs, row.rangeLu, row.truePeakDbtp, row.samplePeakDbfs),
        row.algorithmId,
        row.algorithmVersion,
        peaks(tenant, row),
        row.analysedAt);
  }

  private static BlobKey peaks(TenantId tenant, AnalysisEntity row) {
    return new BlobKey(tenant, row.ownerId, PEAKS, row.peaksId);
  }
}
