// SPDX-License-Identifier: Apache-2.0
package io.culex.example.events;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;

/**
 * Hears every temperature that a sensor publishes on {@code sensors/ROOM/temperature}, and says so on
 * {@code building/alarm/ROOM} when a room is too warm. The gateway brings the one and takes the other: {@code mqtt_to_events
 * sensors/+/temperature} and {@code events_to_mqtt building/*}.
 */
@Component(service = EventHandler.class, property = "event.topics=mqtt/sensors/*")
public final class TemperatureAlarm implements EventHandler {
    private final EventAdmin events;
    private final double limit;

    /** Settings of this component. */
    @interface Config {
        /** Degrees above which there is an alarm. */
        double limit() default 30;
    }

    /** Alarms go to those events. */
    @Activate
    public TemperatureAlarm(Config config, @Reference EventAdmin events) {
        this(config.limit(), events);
    }

    TemperatureAlarm(double limit, EventAdmin events) {
        this.limit = limit;
        this.events = events;
    }

    @Override
    public void handleEvent(Event event) {
        String[] levels = event.getTopic().split("/", -1);
        if (levels.length != 4 || !levels[3].equals("temperature")) {
            return;
        }
        try {
            double degrees = Double.parseDouble(String.valueOf(event.getProperty("text")));
            if (degrees > limit) {
                events.postEvent(new Event("building/alarm/" + levels[2], Map.of("payload", degrees)));
            }
        } catch (NumberFormatException e) {
            events.postEvent(new Event("building/broken/" + levels[2], Map.of("payload", "not a temperature")));
        }
    }
}
