package org.tonekeep.audit.internal.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;
import org.tonekeep.audit.internal.tree.TreeHash;

/** Notes, checkpoints and keys in the words of the C2SP specifications. */
public final class NoteTest {
  private final LogKey key = LogKey.make("alice.localhost/tlog");
  private final Checkpoint checkpoint = Checkpoint.of("alice.localhost/tlog", 7, TreeHash.empty());

  @Test
  public void shouldReadTheKeyAndKnowTheSignatureOfTheSpecification() {
    VerifierKey given =
        VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    String note =
        "This is an example message.\n\n\u2014 example.com/foo"
            + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72Ineya"
            + "QM=\n";

    // The signature is right; only then is it looked whether the text is a checkpoint.
    assertThatThrownBy(() -> given.open(note)).hasMessage("This is not a checkpoint");
    assertThatThrownBy(() -> given.open(note.replace("example m", "example n")))
        .hasMessage("The note's signature is wrong");
  }

  @Test
  public void shouldOpenWhatItSigned() {
    String note = key.sign(checkpoint);

    assertThat(key.verifier().open(note)).isEqualTo(checkpoint);
    assertThat(note)
        .startsWith(
            "alice.localhost/tlog\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 ")
        .endsWith("=\n");
    LogKey again = LogKey.of("alice.localhost/tlog", key.bytes());
    assertThat(again.sign(checkpoint)).isEqualTo(note);
    assertThat(VerifierKey.parse(key.verifier().toString())).isEqualTo(key.verifier());
  }

  @Test
  public void shouldPassOverSignaturesOfOthersAndAskForItsOwn() {
    String note = key.sign(checkpoint);
    String other = LogKey.make("witness.example").sign(checkpoint);
    String line = other.substring(other.indexOf('\u2014'));

    assertThat(key.verifier().open(note + line)).isEqualTo(checkpoint);
    assertThatThrownBy(() -> key.verifier().open(other)).isInstanceOf(NoteException.class);
    assertThatThrownBy(() -> LogKey.make("alice.localhost/tlog").verifier().open(note))
        .hasMessage("The note is not signed by alice.localhost/tlog");
  }

  @Test
  public void shouldRefuseEveryChangedLetter() {
    String note = key.sign(checkpoint);
    for (int i = 0; i < note.length(); i++) {
      char changed = note.charAt(i) == 'x' ? 'y' : 'x';
      String forged = note.substring(0, i) + changed + note.substring(i + 1);
      assertThatThrownBy(() -> key.verifier().open(forged))
          .as("letter %s", i)
          .isInstanceOf(NoteException.class);
    }
  }

  @Test
  public void shouldRefuseWhatIsNoKey() {
    for (String text :
        new String[] {
          "",
          "a",
          "a+b+c",
          "a+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
          "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
          "example.com/foo+530d903a+Aeky",
          "exa mple+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        }) {
      assertThatThrownBy(() -> VerifierKey.parse(text)).as(text).isInstanceOf(NoteException.class);
    }
  }
}
