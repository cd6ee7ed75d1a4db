// SPDX-License-Identifier: Apache-2.0
package io.culex.example.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class TemperatureAlarmTest {
    private final List<String> posted = new ArrayList<>();
    private final TemperatureAlarm alarm = new TemperatureAlarm(30, new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            posted.add(event.getTopic() + " " + event.getProperty("payload"));
        }

        @Override
        public void sendEvent(Event event) {
            throw new AssertionError("a handler must not wait for others");
        }
    });

    private void temperature(String topic, String text) {
        alarm.handleEvent(new Event(topic, Map.of("text", text)));
    }

    @Test
    void aWarmRoomIsAnAlarm() {
        temperature("mqtt/sensors/kitchen/temperature", "30.5");
        temperature("mqtt/sensors/kitchen/temperature", "30");
        temperature("mqtt/sensors/kitchen/humidity", "99");
        temperature("mqtt/sensors/cellar/temperature", "warm");
        assertEquals(List.of("building/alarm/kitchen 30.5", "building/broken/cellar not a temperature"), posted);
    }
}
