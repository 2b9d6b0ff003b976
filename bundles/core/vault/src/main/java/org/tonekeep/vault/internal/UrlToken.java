package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.SignedUrls;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.tenant.api.TenantId;

/**
 * What a signed address says, as bytes: a version, then each field behind its length. There is one
 * way only to write a token; {@link #parse} refuses every other.
 *
 * @param audience host and root where it is good
 * @param holders whose right it is; all must be alive
 * @param subject the id by which people know what is read
 * @param methods what may be done with it; always GET and HEAD
 * @param nonce makes one address one access: 22 characters of base64url
 */
record UrlToken(
    TenantId tenant,
    String audience,
    List<Holder> holders,
    BlobKey key,
    String subject,
    String methods,
    Disposition disposition,
    String fileName,
    Instant issuedAt,
    Instant expiresAt,
    String nonce) {
  static final String GET_HEAD = "GET,HEAD";
  private static final byte VERSION = 2;
  private static final int MOST = 4096;

  UrlToken {
    holders = List.copyOf(holders);
  }

  /** Who reads; empty where no holder is an account's. */
  Optional<AccountId> reader() {
    return holders.stream().flatMap(holder -> holder.account().stream()).findFirst();
  }

  /** By which right: the most special of the holders. */
  Holder right() {
    return holders.get(holders.size() - 1);
  }

  /** The canonical bytes. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(MOST).put(VERSION);
    write(out, tenant.value(), audience);
    out.put((byte) holders.size());
    for (Holder holder : holders) {
      write(out, holder.kind(), holder.id(), holder.account().map(AccountId::value).orElse(""));
      out.putLong(holder.epoch());
    }
    write(out, key.path(), subject, methods, disposition.name(), fileName, nonce);
    out.putLong(issuedAt.toEpochMilli()).putLong(expiresAt.toEpochMilli());
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void write(ByteBuffer out, String... fields) {
    for (String field : fields) {
      byte[] text = field.getBytes(UTF_8);
      out.putShort((short) text.length).put(text);
    }
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
      String audience = text(in);
      List<Holder> holders = holders(in);
      BlobKey key = key(text(in));
      String subject = text(in);
      String methods = text(in);
      Disposition disposition = Disposition.valueOf(text(in));
      String fileName = text(in);
      String nonce = text(in);
      UrlToken token =
          new UrlToken(
              tenant,
              audience,
              holders,
              key,
              subject,
              methods,
              disposition,
              fileName,
              Instant.ofEpochMilli(in.getLong()),
              Instant.ofEpochMilli(in.getLong()),
              nonce);
      if (in.hasRemaining()
          || !Arrays.equals(token.bytes(), bytes)
          || !key.tenant().equals(tenant)
          || !methods.equals(GET_HEAD)) {
        throw new IllegalArgumentException("Not canonical");
      }
      return token;
    } catch (BufferUnderflowException | CharacterCodingException | DateTimeException e) {
      throw new IllegalArgumentException("Not a token", e);
    }
  }

  private static List<Holder> holders(ByteBuffer in) throws CharacterCodingException {
    int count = in.get();
    if (count < 1 || count > SignedUrls.MOST_HOLDERS) {
      throw new IllegalArgumentException("Not a number of holders");
    }
    List<Holder> holders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String kind = text(in);
      String id = text(in);
      String account = text(in);
      holders.add(
          new Holder(
              kind,
              id,
              account.isEmpty() ? Optional.empty() : Optional.of(new AccountId(account)),
              in.getLong()));
    }
    return holders;
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
