package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

public class HostNameTest {
  @Test
  public void shouldLowerTheCase() {
    assertThat(HostName.checked("KAN.Example")).isEqualTo("kan.example");
    assertThat(HostName.checked("xn--bcher-kva.example")).isEqualTo("xn--bcher-kva.example");
    assertThat(HostName.checked("localhost")).isEqualTo("localhost");
  }

  @Test
  public void shouldRefusePortSchemeAndPath() {
    for (String bad : new String[] {"kan.example:8181", "https://kan.example", "kan.example/x"}) {
      assertThatThrownBy(() -> HostName.checked(bad))
          .hasMessageContaining("without scheme, port or path");
    }
  }

  @Test
  public void shouldRefuseLettersOutsideAsciiAndTellTheDnsForm() {
    assertThatThrownBy(() -> HostName.checked("b\u00fccher.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("xn--bcher-kva.example");
  }

  @Test
  public void shouldRefuseWhatDnsDoesNotKnow() {
    for (String bad :
        new String[] {"", "a..b", "-a.example", "a-.example", "*.example", "a b", "a_b", "a.b."}) {
      assertThatThrownBy(() -> HostName.checked(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> HostName.checked("a".repeat(64) + ".example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostName.checked("a.".repeat(127) + "ab"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
