package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.tenant.api.TenantId;

/**
 * What a signed address says, as bytes: a version, then each field behind its length. There is one
 * way only to write a token; {@link #parse} refuses every other.
 *
 * @param methods what may be done with it; always GET and HEAD
 */
record UrlToken(
    TenantId tenant,
    String account,
    String session,
    BlobKey key,
    String methods,
    Disposition disposition,
    String fileName,
    Instant expiresAt) {
  static final String GET_HEAD = "GET,HEAD";
  private static final byte VERSION = 1;
  private static final int MOST = 2048;

  /** The canonical bytes. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(MOST).put(VERSION);
    for (String field :
        new String[] {
          tenant.value(), account, session, key.path(), methods, disposition.name(), fileName
        }) {
      byte[] text = field.getBytes(UTF_8);
      out.putShort((short) text.length).put(text);
    }
    out.putLong(expiresAt.toEpochMilli());
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  static UrlToken parse(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("Not a version of ours");
      }
      TenantId tenant = new TenantId(text(in));
      String account = text(in);
      String session = text(in);
      BlobKey key = key(text(in));
      UrlToken token =
          new UrlToken(
              tenant,
              account,
              session,
              key,
              text(in),
              Disposition.valueOf(text(in)),
              text(in),
              Instant.ofEpochMilli(in.getLong()));
      if (!Arrays.equals(token.bytes(), bytes)
          || !key.tenant().equals(tenant)
          || !token.methods.equals(GET_HEAD)) {
        throw new IllegalArgumentException("Not canonical");
      }
      return token;
    } catch (BufferUnderflowException | CharacterCodingException | DateTimeException e) {
      throw new IllegalArgumentException("Not a token", e);
    }
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    byte[] text = new byte[Math.min(in.getShort() & 0xffff, in.remaining() + 1)];
    in.get(text);
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
  }

  private static BlobKey key(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("Not a blob's path");
    }
    return new BlobKey(new TenantId(parts[0]), parts[1], parts[2], parts[3]);
  }
}
