package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.analysis.internal.Workbench.ALICE;
import static org.tonekeep.analysis.internal.Workbench.BOB;
import static org.tonekeep.analysis.internal.Workbench.TRACK;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.Request;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.analysis.internal.rest.AnalysisResource;
import org.tonekeep.analysis.internal.rest.AnalysisView;
import org.tonekeep.analysis.internal.rest.PeaksResource;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;

public final class ResourcesTest {
  private Workbench bench;
  private AnalysisResource analyses;
  private PeaksResource peaks;
  private EntityTag known;

  @Before
  public void analyse() throws Exception {
    bench = new Workbench();
    analyses = new AnalysisResource(bench.tracks, bench.requests);
    peaks = new PeaksResource(bench.tracks);
    bench.track(ALICE);
  }

  @After
  public void close() {
    bench.close();
  }

  private static Who who(TenantId tenant, AccountId account) {
    Caller caller = new Caller(tenant, account, Set.of(Role.ARTIST), "session");
    return new Who(tenant, Optional.of(caller), "", "request");
  }

  private static Who owner() {
    return who(ALICE, Workbench.OWNER);
  }

  private Response get(String format, String bits, String pixels, String channels)
      throws Exception {
    return peaks.peaks(owner(), request(), TRACK, format, bits, pixels, channels);
  }

  /** Knows one entity tag, as a browser that asks again. */
  private Request request() {
    return (Request)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Request.class},
            (proxy, method, arguments) ->
                arguments[0].equals(known) ? Response.notModified(known) : null);
  }

  private static String text(Response response) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((StreamingOutput) response.getEntity()).write(out);
    return out.toString("UTF-8");
  }

  @Test
  public void shouldAnswerTheOwnerAlone() throws Exception {
    bench.job().run(bench.context(ALICE));
    AnalysisView view = analyses.analysis(owner(), TRACK);
    assertThat(view.bpm()).isNull();
    assertThat(view.loudness().integratedLufs()).isBetween(-20.1, -19.9);
    assertThat(view.algorithm().id()).isNotEmpty();
    for (Who who : new Who[] {who(ALICE, Workbench.STRANGER), who(BOB, Workbench.OWNER)}) {
      assertThatThrownBy(() -> analyses.analysis(who, TRACK))
          .isInstanceOfSatisfying(
              ProblemException.class, p -> assertThat(p.status()).isEqualTo(404));
    }
    assertThatThrownBy(() -> analyses.analysis(owner(), "../x"))
        .isInstanceOfSatisfying(ProblemException.class, p -> assertThat(p.status()).isEqualTo(404));
    Who nobody = new Who(ALICE, Optional.empty(), "", "request");
    assertThatThrownBy(() -> analyses.analysis(nobody, TRACK))
        .isInstanceOfSatisfying(ProblemException.class, p -> assertThat(p.status()).isEqualTo(401));
  }

  @Test
  public void shouldShowNoLoudnessWhereTheSiteMeasuresNone() throws Exception {
    bench.job().run(bench.context(ALICE));
    assertThat(analyses.analysis(owner(), TRACK).loudnessMeasured()).isTrue();
    bench.settings = Map.of("analysis.loudness", "false");
    AnalysisView stored = analyses.analysis(owner(), TRACK);
    assertThat(stored.loudnessMeasured()).as("measured before the setting came").isFalse();
    bench.job().run(bench.context(ALICE));
    bench.settings = Map.of();
    AnalysisView view = analyses.analysis(owner(), TRACK);
    assertThat(view.loudnessMeasured()).isFalse();
    assertThat(view.loudness()).isEqualTo(stored.loudness());
    assertThat(view.loudness()).isEqualTo(new AnalysisView.LoudnessView(null, null, null, null));
  }

  @Test
  public void shouldAnalyseAgainWhenTheOwnerWantsIt() {
    bench.shelf.state(ALICE, TRACK, TrackState.FAILED);
    Response answer = analyses.again(owner(), TRACK);
    assertThat(answer.getStatus()).isEqualTo(202);
    assertThat(bench.queue.jobs).hasSize(1);
    JobRequest request = bench.queue.jobs.get(0).request();
    assertThat(answer.getHeaderString("Location"))
        .isEqualTo("/api/jobs/" + bench.queue.jobs.get(0).id());
    assertThat(request.kind()).isEqualTo("analysis.track");
    assertThat(request.subject()).isEqualTo(TRACK);
    assertThat(request.owner()).isEqualTo(Workbench.OWNER.value());
    assertThat(bench.shelf.events).containsExactly("analysing");
    for (JobState open : new JobState[] {JobState.WAITING, JobState.RUNNING}) {
      bench.queue.all(open);
      assertThatThrownBy(() -> analyses.again(owner(), TRACK))
          .isInstanceOfSatisfying(
              ProblemException.class,
              p -> {
                assertThat(p.status()).isEqualTo(409);
                assertThat(p.code()).isEqualTo("already-analysing");
              });
    }
    bench.queue.all(JobState.CANCELLED);
    assertThat(analyses.again(owner(), TRACK).getStatus()).isEqualTo(202);
    assertThat(bench.queue.jobs).hasSize(2);
  }

  @Test
  public void shouldAnalyseNothingForStrangers() {
    for (Who who : new Who[] {who(ALICE, Workbench.STRANGER), who(BOB, Workbench.OWNER)}) {
      assertThatThrownBy(() -> analyses.again(who, TRACK))
          .isInstanceOfSatisfying(
              ProblemException.class, p -> assertThat(p.status()).isEqualTo(404));
    }
    Who nobody = new Who(ALICE, Optional.empty(), "", "request");
    assertThatThrownBy(() -> analyses.again(nobody, TRACK))
        .isInstanceOfSatisfying(ProblemException.class, p -> assertThat(p.status()).isEqualTo(401));
    assertThat(bench.queue.jobs).isEmpty();
    assertThat(bench.shelf.events).isEmpty();
  }

  @Test
  public void shouldSayThatATrackIsNotAnalysedYet() {
    assertThatThrownBy(() -> analyses.analysis(owner(), TRACK))
        .isInstanceOfSatisfying(
            ProblemException.class,
            p -> {
              assertThat(p.status()).isEqualTo(409);
              assertThat(p.code()).isEqualTo("not-analysed");
            });
  }

  @Test
  public void shouldServeEveryFormat() throws Exception {
    bench.job().run(bench.context(ALICE));
    byte[] dat = (byte[]) get("dat", "8", "", "mix").getEntity();
    assertThat(dat).hasSize(20 + 2 * 862);
    byte[] split = (byte[]) get("dat", "16", "100", "split").getEntity();
    assertThat(split[0]).isEqualTo((byte) 2);

    JsonNode json = new ObjectMapper().readTree(text(get("json", "16", "100", "mix")));
    assertThat(json.get("length").asInt()).isLessThanOrEqualTo(100);
    assertThat(json.get("data")).hasSize(2 * json.get("length").asInt());
    JsonNode wave = new ObjectMapper().readTree(text(get("wavesurfer", "16", "10", "split")));
    assertThat(wave.get("peaks")).hasSize(2);
    assertThat(wave.get("duration").asDouble()).isEqualTo(5.0);
    assertThat(wave.get("peaks").get(0).get(1).asDouble()).isBetween(0.09, 0.11);
  }

  @Test
  public void shouldAnswerNotModifiedForAKnownWaveform() throws Exception {
    bench.job().run(bench.context(ALICE));
    Response first = get("dat", "8", "", "mix");
    known = first.getEntityTag();
    assertThat(get("dat", "8", "", "mix").getStatus()).isEqualTo(304);
    assertThat(get("dat", "8", "10", "mix").getStatus()).isEqualTo(200);
  }

  @Test
  public void shouldNameEveryWrongParameter() {
    assertThatThrownBy(() -> get("png", "12", "0", "left"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            p -> {
              assertThat(p.status()).isEqualTo(422);
              assertThat(p.errors())
                  .extracting("pointer")
                  .containsExactly("/format", "/bits", "/channels", "/pixels");
            });
  }
}
