package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where wrapped keys and the secret of the day are, as {@code keys.store} says. */
interface KeyPlace {
  /**
   * The wrapped keys, cleaned of leftovers.
   *
   * @throws KeysUnavailableException when they are not there yet: tried again
   * @throws KeysRefusedException when the operator must decide
   */
  WrappedKeys open(RootKey root) throws IOException;

  Days days(RootKey root);

  /** Whether what {@link #open} opened is still what it would open. */
  boolean isSame();

  /** For the operator. */
  String where();

  /** The place that a setting names. */
  static KeyPlace of(
      String store,
      Path keys,
      Path data,
      Supplier<@Nullable DataSource> own,
      Supplier<@Nullable DataSource> main) {
    return switch (store) {
      case "files" -> new Folder(keys, data);
      case "database" -> new Postgres(data, own, main);
      default ->
          throw new KeysRefusedException(
              "keys.store in org.tonekeep.crypto.cfg is neither files nor database");
    };
  }

  /** Files in the folder of keys. */
  record Folder(Path keys, Path data) implements KeyPlace {
    @Override
    public WrappedKeys open(RootKey root) throws IOException {
      Marks graves = new Marks(keys.resolve("destroyed"), data.resolve("keys.destroyed"));
      FileKeys wrapped = new FileKeys(keys, graves, root::mark);
      wrapped.clean();
      return wrapped;
    }

    @Override
    public Days days(RootKey root) {
      return new FileDays(keys);
    }

    @Override
    public boolean isSame() {
      return true;
    }

    @Override
    public String where() {
      return "wrapped keys are files beside it";
    }
  }

  /** The database of keys. */
  final class Postgres implements KeyPlace {
    private final Path data;
    private final Supplier<@Nullable DataSource> own;
    private final Supplier<@Nullable DataSource> main;
    private @Nullable DataSource opened;

    Postgres(Path data, Supplier<@Nullable DataSource> own, Supplier<@Nullable DataSource> main) {
      this.data = data;
      this.own = own;
      this.main = main;
    }

    @Override
    public WrappedKeys open(RootKey root) throws IOException {
      KeysDatabase database = new KeysDatabase(present());
      database.prepare(Optional.ofNullable(main.get()));
      SqlKeys wrapped =
          new SqlKeys(database, new Marks(data.resolve("keys.destroyed")), root::mark);
      wrapped.clean();
      return wrapped;
    }

    @Override
    public Days days(RootKey root) {
      return new SqlDays(new KeysDatabase(present()), root.wrapping("day"));
    }

    private DataSource present() {
      DataSource found = own.get();
      if (found == null || main.get() == null) {
        throw new KeysUnavailableException(
            found == null
                ? "Waiting for the database of keys: configure the data source tonekeep-keys"
                : "Waiting for the main database, which must not be the one of keys",
            null);
      }
      opened = found;
      return found;
    }

    @Override
    public boolean isSame() {
      return opened == own.get();
    }

    @Override
    public String where() {
      return "wrapped keys are in the database of keys";
    }
  }
}
