package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.QuotaExceededException.What;
import org.tonekeep.storage.api.TooLargeException;

public class ProblemsTest {
  @Test
  public void shouldTellTheFiguresOfALimitThatAreTheAccountsOwn() {
    assertThat(Problems.of(new QuotaExceededException(What.TRACKS, 8, 9)))
        .satisfies(
            problem -> {
              assertThat(problem.used()).isEqualTo(8);
              assertThat(problem.limit()).isEqualTo(9);
            });
    assertThat(Problems.of(new QuotaExceededException(What.SITE, 8, 9)).limit()).isNull();
    assertThat(Problems.of(new TooLargeException(7)).limit()).isEqualTo(7);
  }
}
