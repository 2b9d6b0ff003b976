package org.tonekeep.analysis.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the feature {@code analysis} and its keys. */
@Component(service = FeatureDeclaration.class)
public final class AnalysisFeature implements FeatureDeclaration {
  static final String ID = "analysis";

  static final SettingKey<String> DECODER =
      new SettingKey<>(
          "analysis.decoder",
          "name",
          "ffmpeg",
          "The decoder (audio.decoder) that reads uploaded audio",
          text -> {
            if (!text.matches("[a-z0-9-]{1,40}")) {
              throw new IllegalArgumentException("expected the name of a decoder, such as ffmpeg");
            }
            return text;
          });

  static final SettingKey<Integer> MAX_PIXELS =
      SettingKey.integer(
          "peaks.maxPixels",
          0,
          0,
          1 << 20,
          "Most pixels of a stored waveform, so that it is no fingerprint; 0 for no bound");

  static final SettingKey<Boolean> LOUDNESS =
      SettingKey.flag(
          "analysis.loudness",
          true,
          "Whether loudness and peak levels are measured; false also forgets what was measured");

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "Analysis",
        Set.of(),
        List.of("/api/analysis", "/api/peaks"),
        List.of(
            "draws each uploaded track's waveform",
            "measures each uploaded track's length",
            "measures each uploaded track's loudness and peak levels where the site's settings say so"),
        List.of(),
        List.of(AnalysisJob.KIND));
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(DECODER, MAX_PIXELS, LOUDNESS);
  }
}
