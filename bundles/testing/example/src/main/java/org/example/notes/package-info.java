/**
 * Notes of artists, the smallest whole concern: it declares its feature ({@link NotesFeature}),
 * answers at {@code /api/example} ({@link NotesResource}), stores ({@link NoteStore}), and takes
 * part in export and erasure ({@link NotesHolder}).
 */
@NullMarked
package org.example.notes;

import org.jspecify.annotations.NullMarked;
