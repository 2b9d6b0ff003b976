package org.tonekeep.analysis.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Request;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.analysis.internal.AnalysedTracks;
import org.tonekeep.analysis.internal.Analysis;
import org.tonekeep.analysis.internal.Peaks;
import org.tonekeep.analysis.internal.PeaksFile;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** Waveforms in the formats that players load. */
@Component(service = RestResource.class)
@RestBase(base = "/api/peaks", feature = "analysis")
@Path("/")
public final class PeaksResource implements RestResource {
  private static final int MOST_PIXELS = 1 << 20;

  private final AnalysedTracks tracks;

  @Activate
  public PeaksResource(@Reference AnalysedTracks tracks) {
    this.tracks = tracks;
  }

  /**
   * Answers a waveform.
   *
   * @param format {@code dat} and {@code json} are audiowaveform's, {@code wavesurfer} is what
   *     wavesurfer.js takes
   * @param bits 8 or 16 per value (not for wavesurfer)
   * @param pixels at most so many; all when absent
   * @param channels {@code mix}, or {@code split} for each of two channels by itself
   */
  @GET
  @Path("/{trackId}")
  @Operation(summary = "The waveform of one of your tracks")
  public Response peaks(
      @Context Who who,
      @Context Request request,
      @PathParam("trackId") String trackId,
      @QueryParam("format") @DefaultValue("json") String format,
      @QueryParam("bits") @DefaultValue("16") String bits,
      @QueryParam("pixels") @DefaultValue("") String pixels,
      @QueryParam("channels") @DefaultValue("mix") String channels)
      throws IOException {
    Wish wish = Wish.of(format, bits, pixels, channels);
    Analysis analysis = tracks.require(who.tenant(), who.signedIn(), trackId);
    EntityTag tag = new EntityTag(analysis.peaks().id() + wish.suffix());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.build();
    }
    Peaks all = tracks.peaks(who.tenant(), analysis, wish.split());
    Peaks peaks = all.atMost(wish.pixels());
    return Response.ok(entity(peaks, wish, analysis))
        .type(
            wish.format().equals("dat")
                ? MediaType.APPLICATION_OCTET_STREAM
                : MediaType.APPLICATION_JSON)
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .build();
  }

  private static Object entity(Peaks peaks, Wish wish, Analysis analysis) {
    return switch (wish.format()) {
      case "dat" -> PeaksFile.bytes(peaks, wish.bits());
      case "json" ->
          (StreamingOutput) (OutputStream out) -> PeaksFile.writeJson(peaks, wish.bits(), out);
      default ->
          (StreamingOutput)
              (OutputStream out) ->
                  PeaksFile.writeWavesurfer(peaks, analysis.durationSeconds(), out);
    };
  }

  /** What the caller asked for, checked. */
  private record Wish(String format, int bits, int pixels, boolean split) {
    /** Tells the answers for one waveform apart. */
    String suffix() {
      return "-" + format + bits + (split ? "s" : "m") + pixels;
    }

    static Wish of(String format, String bits, String pixels, String channels) {
      List<FieldError> errors = new ArrayList<>();
      if (!List.of("dat", "json", "wavesurfer").contains(format)) {
        errors.add(new FieldError("/format", "expected dat, json or wavesurfer"));
      }
      if (!bits.equals("8") && !bits.equals("16")) {
        errors.add(new FieldError("/bits", "expected 8 or 16"));
      }
      if (!channels.equals("mix") && !channels.equals("split")) {
        errors.add(new FieldError("/channels", "expected mix or split"));
      }
      int most = MOST_PIXELS;
      if (!pixels.isEmpty()) {
        most = pixels.matches("[0-9]{1,7}") ? Integer.parseInt(pixels) : 0;
        if (most < 1 || most > MOST_PIXELS) {
          errors.add(new FieldError("/pixels", "expected 1 to " + MOST_PIXELS));
        }
      }
      if (!errors.isEmpty()) {
        throw ProblemException.invalid(errors.toArray(FieldError[]::new));
      }
      return new Wish(format, bits.equals("8") ? 8 : 16, most, channels.equals("split"));
    }
  }
}
