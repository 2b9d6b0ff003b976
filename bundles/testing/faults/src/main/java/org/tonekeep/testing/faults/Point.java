package org.tonekeep.testing.faults;

/**
 * Where something happens.
 *
 * @param call the system call's name
 * @param number which of these calls of the script, from 1
 */
record Point(Fault fault, String call, int number) {
  @Override
  public String toString() {
    return fault + " at " + call + " " + number;
  }
}
