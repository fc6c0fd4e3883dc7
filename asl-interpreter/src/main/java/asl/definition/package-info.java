/**
 * What a definition in the Amazon States Language says: one record for each kind of state, and the parser that
 * refuses what does not run here.
 */
package asl.definition;
