package org.tonekeep.audit.internal.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.tonekeep.audit.internal.tree.TreeHash;

/** A log's Ed25519 key (RFC 8032, from the JDK). Never printed. */
public final class LogKey {
  private static final String ED25519 = "Ed25519";

  private final PrivateKey secret;
  private final VerifierKey verifier;

  private LogKey(PrivateKey secret, VerifierKey verifier) {
    this.secret = secret;
    this.verifier = verifier;
  }

  /** A new key for the log of that name. */
  public static LogKey make(String name) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
      return new LogKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java 17 has Ed25519", e);
    }
  }

  /** The key that {@link #bytes} wrote. */
  public static LogKey of(String name, byte[] bytes) {
    int end = bytes.length - TreeHash.LENGTH;
    try {
      PrivateKey secret =
          KeyFactory.getInstance(ED25519)
              .generatePrivate(new PKCS8EncodedKeySpec(Arrays.copyOf(bytes, Math.max(0, end))));
      return new LogKey(
          secret, VerifierKey.of(name, Arrays.copyOfRange(bytes, Math.max(0, end), bytes.length)));
    } catch (GeneralSecurityException e) {
      throw new NoteException("The log's key is damaged", e);
    }
  }

  /** Both halves: to be sealed, and nothing else. */
  public byte[] bytes() {
    byte[] encoded = secret.getEncoded();
    return ByteBuffer.allocate(encoded.length + TreeHash.LENGTH)
        .put(encoded)
        .put(verifier.raw())
        .array();
  }

  public VerifierKey verifier() {
    return verifier;
  }

  /** The checkpoint as a signed note. */
  public String sign(Checkpoint checkpoint) {
    try {
      Signature signing = Signature.getInstance(ED25519);
      signing.initSign(secret);
      signing.update(checkpoint.text().getBytes(UTF_8));
      byte[] signature = signing.sign();
      byte[] id = verifier.id();
      byte[] line =
          ByteBuffer.allocate(id.length + signature.length).put(id).put(signature).array();
      return checkpoint.text()
          + "\n"
          + VerifierKey.DASH
          + verifier.name()
          + " "
          + Base64.getEncoder().encodeToString(line)
          + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A checkpoint could not be signed", e);
    }
  }

  @Override
  public String toString() {
    return "LogKey[" + verifier.name() + "]";
  }
}
