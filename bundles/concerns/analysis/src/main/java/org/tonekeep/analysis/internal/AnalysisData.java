package org.tonekeep.analysis.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.analysis.internal.jpa.AnalysisStore;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackListener;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/** What is known of a track goes with the track, and with its owner. */
@Component(service = {TrackListener.class, DataHolder.class, AnalysisData.class})
public final class AnalysisData implements TrackListener, DataHolder {
  private static final String CLASS = "analysis";

  private final AnalysisStore store;
  private final Vault vault;
  private final Tx tx;

  @Activate
  public AnalysisData(@Reference AnalysisStore store, @Reference Vault vault, @Reference Tx tx) {
    this.store = store;
    this.vault = vault;
    this.tx = tx;
  }

  @Override
  public void trackPurged(TenantId tenant, TrackId track) {
    tx.run(
        tenant, () -> store.delete(tenant, track).ifPresent(peaks -> vault.discard(tenant, peaks)));
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            CLASS,
            AnalysisFeature.ID,
            "Length and waveform of uploaded tracks; loudness and peaks where analysis.loudness is on",
            "To show and play the account's music",
            "As long as the track, until it leaves the trash"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> rows = new ArrayList<>();
    store.forEachOf(tenant, account, analysis -> rows.add(row(analysis)));
    return Map.of(CLASS, rows);
  }

  private static Map<String, Object> row(Analysis analysis) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("trackId", analysis.track().value());
    row.put("durationSeconds", analysis.durationSeconds());
    row.put("sampleRate", analysis.sampleRate());
    row.put("channels", analysis.channels());
    row.put("truncated", analysis.truncated());
    Analysis.Loudness loudness = analysis.loudness();
    if (loudness != null) {
      put(row, "integratedLufs", loudness.integratedLufs());
      put(row, "rangeLu", loudness.rangeLu());
      put(row, "truePeakDbtp", loudness.truePeakDbtp());
      put(row, "samplePeakDbfs", loudness.samplePeakDbfs());
    }
    row.put("algorithm", analysis.algorithmId() + " " + analysis.algorithmVersion());
    row.put("analysedAt", analysis.analysedAt().toString());
    return row;
  }

  private static void put(Map<String, Object> row, String name, @Nullable Double value) {
    if (value != null) {
      row.put(name, value);
    }
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(
        tenant,
        () -> {
          List<Analysis> all = new ArrayList<>();
          store.forEachOf(tenant, account, all::add);
          all.forEach(analysis -> trackPurged(tenant, analysis.track()));
        });
  }
}
