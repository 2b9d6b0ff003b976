package org.tonekeep.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.testing.kit.TestTenants.ALICE;

import org.junit.Test;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.testing.kit.TestGate;
import org.tonekeep.testing.kit.TestTenants;

public class StatusTest {
  private final TestTenants tenants = new TestTenants();
  private final TestGate gate = TestGate.open();
  private final Status status = new Status(tenants, gate);

  @Test
  public void shouldBeReadyWhenEveryNeededPartIs() {
    ready("database", "migrations");
    assertThat(status.missing()).containsExactly("http: not there yet");
    ready("http");
    assertThat(status.missing()).isEmpty();
  }

  @Test
  public void shouldShowAPartThatThrowsAsNotReadyBesideTheOthers() {
    ready("database", "migrations", "http");
    status.parts.add(new Broken(new IllegalStateException("no")));
    status.parts.add(new Broken(new NoClassDefFoundError("updated")));

    assertThat(status.lines()).hasSize(5).filteredOn(line -> !line.ready()).hasSize(2);
    assertThat(status.missing())
        .containsExactly("Broken: does not answer", "Broken: does not answer");
  }

  @Test
  public void shouldNameAListedFeatureWhoseBundleIsAway() {
    ready("database", "migrations", "http");
    tenants.features(ALICE, "auth", "stems");
    gate.turn(ALICE, "stems", false);
    assertThat(status.missing()).containsExactly("feature stems: its bundle is not active");

    tenants.suspend(ALICE);
    assertThat(status.missing()).isEmpty();
    assertThat(status.sites()).extracting(t -> t.id().value()).containsExactly("bob");
  }

  private void ready(String... parts) {
    for (String part : parts) {
      status.parts.add(() -> new Readiness.Health(part, true, "fine"));
    }
  }

  /** A part that fails to answer. */
  private record Broken(Throwable why) implements Readiness {
    @Override
    public Health check() {
      if (why instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) why;
    }
  }
}
