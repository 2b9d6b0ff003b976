package org.tonekeep.analysis.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.analysis.internal.jpa.AnalysisStore;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** What a caller may see of the analyses: those of the caller's own tracks. */
@Component(service = AnalysedTracks.class)
public final class AnalysedTracks {
  private final Tenants tenants;
  private final Catalog catalog;
  private final AnalysisStore store;
  private final Vault vault;

  @Activate
  public AnalysedTracks(
      @Reference Tenants tenants,
      @Reference Catalog catalog,
      @Reference AnalysisStore store,
      @Reference Vault vault) {
    this.tenants = tenants;
    this.catalog = catalog;
    this.store = store;
    this.vault = vault;
  }

  /**
   * The caller's track.
   *
   * @param id as the caller wrote it
   * @throws ProblemException 404 for what is not the caller's
   */
  Track own(TenantId tenant, Caller caller, String id) {
    if (!id.matches("[0-9a-f-]{36}")) {
      throw ProblemException.notFound();
    }
    return catalog
        .findOwned(tenant, caller.account(), new TrackId(id))
        .orElseThrow(ProblemException::notFound);
  }

  /**
   * The analysis of the caller's track, cut to what the tenant's settings allow.
   *
   * @param id as the caller wrote it
   * @throws ProblemException 404 for what is not the caller's, 409 {@code not-analysed} while there
   *     is no analysis
   */
  public Analysis require(TenantId tenant, Caller caller, String id) {
    Track track = own(tenant, caller, id);
    boolean loudness = tenants.require(tenant).get(AnalysisFeature.LOUDNESS);
    return store
        .find(tenant, track.id())
        .map(analysis -> loudness ? analysis : analysis.withoutLoudness())
        .orElseThrow(
            () ->
                ProblemException.of(
                    409,
                    "not-analysed",
                    "Not analysed",
                    track.failure() == null
                        ? "The track is not analysed yet"
                        : "The track could not be analysed"));
  }

  /**
   * The waveform of an analysis, cut to what the tenant's settings allow: they may have come after
   * it.
   *
   * @param split each channel by itself (of tracks with two channels and no bound on their pixels;
   *     others are always mixed)
   */
  public Peaks peaks(TenantId tenant, Analysis analysis, boolean split) throws IOException {
    try (InputStream bytes = vault.read(tenant, analysis.peaks(), 0);
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(bytes, 1 << 16))) {
      Peaks mixed = PeaksFile.read(in);
      int most = tenants.require(tenant).get(AnalysisFeature.MAX_PIXELS);
      if (most > 0) {
        return mixed.atMost(most);
      }
      if (!split) {
        return mixed;
      }
      in.mark(1);
      if (in.read() < 0) {
        return mixed;
      }
      in.reset();
      return PeaksFile.read(in);
    }
  }
}
