package org.tonekeep.passkeys.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A browser with a device that has one ES256 passkey, made by the specification and not by the
 * library that judges it. Every part can be bent before it is signed or after.
 */
public final class Device {
  static final int PRESENT = 1;
  static final int VERIFIED = 4;
  static final int ELIGIBLE = 8;
  static final int BACKED_UP = 16;
  static final int ATTESTED = 64;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  String origin;
  String rpId;
  String createType = "webauthn.create";
  String getType = "webauthn.get";
  boolean crossOrigin;
  int flags = PRESENT | VERIFIED;
  long count;
  long algorithm = -7;
  byte[] id = new byte[32];
  byte[] handle = new byte[0];
  String type = "public-key";
  KeyPair pair = pair();

  public Device(String host, String origin) {
    this.rpId = host;
    this.origin = origin;
    RANDOM.nextBytes(id);
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The device forgets its key and takes another. */
  void changeKey() {
    pair = pair();
  }

  /** Makes the passkey. */
  public Answer create(String challenge, String userHandle) {
    handle = Base64Url.bytes(userHandle, 64).orElseThrow();
    return created(challenge, attestation(authenticatorData(flags | ATTESTED, publicKey())));
  }

  Answer created(String challenge, byte[] attestation) {
    return new Answer(
        Base64Url.text(id),
        type,
        Base64Url.text(clientData(createType, challenge)),
        Base64Url.text(attestation),
        null,
        null,
        null,
        List.of("internal", "hybrid"));
  }

  /** Proves to have it. */
  public Answer get(String challenge) {
    count++;
    byte[] data = authenticatorData(flags, new byte[0]);
    byte[] client = clientData(getType, challenge);
    return got(client, data, sign(data, client));
  }

  Answer got(byte[] client, byte[] data, byte[] signature) {
    return new Answer(
        Base64Url.text(id),
        type,
        Base64Url.text(client),
        null,
        Base64Url.text(data),
        Base64Url.text(signature),
        Base64Url.text(handle),
        List.of());
  }

  byte[] clientData(String ceremony, String challenge) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", ceremony);
    data.put("challenge", challenge);
    data.put("origin", origin);
    data.put("crossOrigin", crossOrigin);
    return json(data).getBytes(UTF_8);
  }

  byte[] authenticatorData(int bits, byte[] credential) {
    return ByteBuffer.allocate(37 + credential.length)
        .put(sha256(rpId.getBytes(UTF_8)))
        .put((byte) bits)
        .putInt((int) count)
        .put(credential)
        .array();
  }

  /** AAGUID, id and COSE key. */
  byte[] publicKey() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    Map<Integer, Object> cose = new LinkedHashMap<>();
    cose.put(1, 2);
    cose.put(3, (int) algorithm);
    cose.put(-1, 1);
    cose.put(-2, fixed(key.getW().getAffineX().toByteArray()));
    cose.put(-3, fixed(key.getW().getAffineY().toByteArray()));
    byte[] bytes = cbor(cose);
    return ByteBuffer.allocate(18 + id.length + bytes.length)
        .put(new byte[16])
        .putShort((short) id.length)
        .put(id)
        .put(bytes)
        .array();
  }

  static byte[] attestation(byte[] authenticatorData) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("fmt", "none");
    object.put("attStmt", Map.of());
    object.put("authData", authenticatorData);
    return cbor(object);
  }

  byte[] sign(byte[] authenticatorData, byte[] clientData) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(authenticatorData);
      signature.update(sha256(clientData));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 32 bytes, whatever sign or zeros Java writes in front. */
  private static byte[] fixed(byte[] number) {
    byte[] bytes = new byte[32];
    int length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, bytes, 32 - length, length);
    return bytes;
  }

  static byte[] cbor(Object value) {
    try {
      return CBOR.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes with one bit turned. */
  static byte[] bent(byte[] bytes, int place) {
    byte[] copy = Arrays.copyOf(bytes, bytes.length);
    int at = place < 0 ? bytes.length + place : place;
    copy[at] ^= 1;
    return copy;
  }

  static byte[] joined(byte[] one, byte[] two) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(one);
    out.writeBytes(two);
    return out.toByteArray();
  }
}
