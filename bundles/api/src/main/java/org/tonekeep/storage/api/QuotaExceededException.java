package org.tonekeep.storage.api;

/** More than the account, or the whole site, may keep. */
public final class QuotaExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final What what;
  private final long used;
  private final long limit;

  /**
   * @param used what is kept and reserved now
   * @param limit what may be kept
   */
  public QuotaExceededException(What what, long used, long limit) {
    super(what.words);
    this.what = what;
    this.used = used;
    this.limit = limit;
  }

  public What what() {
    return what;
  }

  /**
   * In bytes, tracks or uploads, as {@link #what} says; nobody's business when it is the site's.
   */
  public long used() {
    return used;
  }

  public long limit() {
    return limit;
  }

  /** Which limit was met. */
  public enum What {
    /** Bytes of the account. */
    BYTES("Your account has no room for this file"),
    /** Tracks of the account, in the trash too. */
    TRACKS("Your account has no room for another track"),
    /** Uploads of the account that have begun and not ended. */
    UPLOADS("Finish or remove some of your unfinished uploads first"),
    /** Bytes of all accounts together. */
    SITE("This site has no room for this file");

    private final String words;

    What(String words) {
      this.words = words;
    }
  }
}
