package org.example.notes;

import java.time.Instant;

/**
 * What an artist wrote down.
 *
 * @param text 1 to 500 characters
 */
public record Note(String id, String text, Instant writtenAt) {}
