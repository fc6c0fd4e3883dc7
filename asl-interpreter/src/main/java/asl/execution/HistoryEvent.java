package asl.execution;

import java.time.Instant;

/**
 * One event of an execution's history; ids count from 1. The details are a JSON object, or null when the type says it
 * all; the state name is null for events of the execution as a whole.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>
 */
public record HistoryEvent(long id, Instant timestamp, String type, String stateName, Object details) {}
