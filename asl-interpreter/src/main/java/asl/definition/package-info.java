/**
 * A definition in the Amazon States Language: a record for each type of state, and the parser, which refuses what does
 * not run here.
 */
package asl.definition;
