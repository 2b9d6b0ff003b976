package org.tonekeep.vault.internal.crypt;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.StreamSegmentDecrypter;
import com.google.crypto.tink.subtle.StreamSegmentEncrypter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.NoSuchBlobException;

/**
 * One random key per blob, under its owner's. An opened one is kept by nobody but the stream that
 * uses it: {@link OwnerKeys} is quick, and what it destroys must be dead.
 */
final class DataKeys {
  private static final String MAC = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final OwnerKeys owners;

  DataKeys(OwnerKeys owners) {
    this.owners = owners;
  }

  /** A new data key and what stands in front of the first segment of its blob. */
  Sealing seal(BlobKey key) {
    byte[] data = newKey();
    try {
      return seal(key, data, owners.seal(key.tenant(), key.owner(), BlobFormat.use(key), data));
    } finally {
      Arrays.fill(data, (byte) 0);
    }
  }

  static byte[] newKey() {
    byte[] data = new byte[BlobFormat.DATA_KEY];
    RANDOM.nextBytes(data);
    return data;
  }

  /**
   * @param wrapped the data key under the owner's
   */
  static Sealing seal(BlobKey key, byte[] data, byte[] wrapped) {
    try {
      StreamSegmentEncrypter encrypter =
          tink(data).newStreamSegmentEncrypter(BlobFormat.about(key));
      ByteBuffer header =
          ByteBuffer.allocate(BlobFormat.HEADER)
              .put(BlobFormat.FORMAT)
              .put(wrapped)
              .put(encrypter.getHeader())
              .flip();
      return new Sealing(header, encrypter);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM and HMAC", e);
    }
  }

  /** The way to write one blob: its header, and what encrypts its segments. */
  record Sealing(ByteBuffer header, StreamSegmentEncrypter encrypter) {}

  /**
   * Opens the segments of a blob.
   *
   * @param header {@link BlobFormat#HEADER} bytes, or fewer when the blob ends there
   * @throws NoSuchBlobException when the owner's key is gone, and with it the blob
   * @throws DamagedBlobException when this is no header, or another blob's
   */
  StreamSegmentDecrypter open(BlobKey key, byte[] header) throws IOException {
    byte[] data = dataKey(key, header);
    try {
      return open(key, data, header);
    } finally {
      Arrays.fill(data, (byte) 0);
    }
  }

  static StreamSegmentDecrypter open(BlobKey key, byte[] data, byte[] header) throws IOException {
    try {
      StreamSegmentDecrypter decrypter = tink(data).newStreamSegmentDecrypter();
      decrypter.init(
          ByteBuffer.wrap(header, BlobFormat.PREFIX, BlobFormat.TINK_HEADER).slice(),
          BlobFormat.about(key));
      return decrypter;
    } catch (GeneralSecurityException e) {
      throw new DamagedBlobException("its header is no header", e);
    }
  }

  /**
   * Throws as {@link #open} does when the owner's key is gone meanwhile; quick.
   *
   * @throws NoSuchBlobException when it is
   */
  void requireKey(BlobKey key, byte[] header) throws IOException {
    Arrays.fill(dataKey(key, header), (byte) 0);
  }

  private byte[] dataKey(BlobKey key, byte[] header) throws IOException {
    if (header.length > 0 && header[0] != BlobFormat.FORMAT) {
      throw new DamagedBlobException("its format is unknown", null);
    }
    if (header.length != BlobFormat.HEADER) {
      throw new DamagedBlobException("it ends in its header", null);
    }
    byte[] wrapped = Arrays.copyOfRange(header, 1, BlobFormat.PREFIX);
    try {
      byte[] data = owners.open(key.tenant(), key.owner(), BlobFormat.use(key), wrapped);
      if (data.length != BlobFormat.DATA_KEY) {
        throw new DamagedBlobException("its data key is none", null);
      }
      return data;
    } catch (NoOwnerKeyException gone) {
      NoSuchBlobException none = new NoSuchBlobException();
      none.initCause(gone);
      throw none;
    } catch (BrokenSealException broken) {
      throw new DamagedBlobException("its data key is another's", broken);
    }
  }

  private static AesGcmHkdfStreaming tink(byte[] data) throws GeneralSecurityException {
    return new AesGcmHkdfStreaming(data, MAC, BlobFormat.DATA_KEY, BlobFormat.SEGMENT, 0);
  }
}
