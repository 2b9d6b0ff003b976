package org.tonekeep.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;
import org.tonekeep.identity.api.Social;

public final class SocialLinksTest {
  @Test
  public void shouldMakeTheNetworksOwnAddressOfHandlesAndAddresses() {
    assertLink(Social.INSTAGRAM, "https://www.instagram.com/ann.lee");
    assertLink(Social.X, "https://x.com/ann_lee");
    assertLink(Social.SOUNDCLOUD, "https://soundcloud.com/ann-lee");
    assertLink(Social.SPOTIFY, "https://open.spotify.com/artist/4Z8W4fKeB5YxbusRsdQVPb");
    assertLink(Social.FACEBOOK, "https://www.facebook.com/ann.lee");
    assertLink(Social.FACEBOOK, "https://www.facebook.com/profile.php?id=100012345678");

    assertThat(SocialLinks.link(Social.INSTAGRAM, " @ann.lee ")).endsWith(".com/ann.lee");
    assertThat(SocialLinks.link(Social.INSTAGRAM, "instagram.com/ann.lee/?igsh=abc&x=1#a"))
        .isEqualTo("https://www.instagram.com/ann.lee");
    assertThat(SocialLinks.link(Social.X, "https://twitter.com/Ann_Lee"))
        .isEqualTo("https://x.com/Ann_Lee");
    assertThat(SocialLinks.link(Social.SOUNDCLOUD, "https://SoundCloud.com/x"))
        .isEqualTo("https://soundcloud.com/x");
    assertThat(
            SocialLinks.link(
                Social.SPOTIFY,
                "https://open.spotify.com/intl-de/artist/4Z8W4fKeB5YxbusRsdQVPb?si=0123456789"))
        .isEqualTo("https://open.spotify.com/artist/4Z8W4fKeB5YxbusRsdQVPb");
    assertThat(
            SocialLinks.link(
                Social.FACEBOOK, "https://m.facebook.com/profile.php?id=100012345678&ref=x"))
        .isEqualTo("https://www.facebook.com/profile.php?id=100012345678");
  }

  @Test
  public void shouldRefuseWhatLeadsElsewhereAndSayWhatWouldBeRight() {
    for (String given :
        List.of(
            "https://evil.example/ann",
            "http://www.facebook.com/ann",
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "https://www.facebook.com@evil.example/ann",
            "https://ann:secret@www.facebook.com/ann",
            "https://www.facebook.com:8443/ann",
            "https://www.facebook.com.evil.example/ann",
            "https://evil.example/www.facebook.com/ann",
            "https://www.facebook.com\\@evil.example/",
            "https://www.facebook.com%2eevil.example/ann",
            "https://www.fасebook.com/ann", // Cyrillic
            "https://l.facebook.com/l.php?u=https://evil.example",
            "https://www.facebook.com/l.php?u=https://evil.example",
            "https://www.facebook.com/login.php?next=https://evil.example",
            "https://www.facebook.com/sharer/sharer.php?u=https://evil.example",
            "https://www.facebook.com/ann/../l.php?u=https://evil.example",
            "https://www.facebook.com/",
            "https://www.facebook.com",
            "https://x.com/ann",
            "evil.com",
            "ann\nlee",
            "ann lee",
            "<script>")) {
      assertThatThrownBy(() -> SocialLinks.link(Social.FACEBOOK, given))
          .as(given)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("https://www.facebook.com/name");
    }
    assertThatThrownBy(() -> SocialLinks.link(Social.SOUNDCLOUD, "https://on.soundcloud.com/abc"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SocialLinks.link(Social.SPOTIFY, "https://spotify.link/abc"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SocialLinks.link(Social.X, "https://x.com/i/redirect?url=evil"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertLink(Social social, String address) {
    assertThat(SocialLinks.link(social, address)).isEqualTo(address);
  }
}
