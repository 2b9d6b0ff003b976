package org.tonekeep.testing.rules.planted.alpha.api;

import org.assertj.core.api.Assertions;
import org.osgi.service.component.annotations.Component;

/** Bad neighbours in an api package. */
public final class PlantedInApi {
  private PlantedInApi() {}

  /** A component. */
  @Component(service = Runs.class)
  public static final class Runs {}

  /** A library in a signature. */
  public interface Talks {
    Assertions speak();
  }
}
