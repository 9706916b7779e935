package io.odp4j.upcall.appctl;

import io.odp4j.datapath.flow.EthernetAddress;
import io.odp4j.flowcache.policy.MacTable;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.policy.AddressBook;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * {@code fdb/*}: the addresses that the policy has learnt. A datapath may be named, as a bridge is
 * for Open vSwitch; there is but one.
 */
final class FdbCommands {
    private static final Pattern MAC = Pattern.compile("\\p{XDigit}{1,2}(:\\p{XDigit}{1,2}){5}");
    private static final int MOST_VLAN = 4095;

    private final Agent agent;

    FdbCommands(Agent agent) {
        this.agent = agent;
    }

    void addTo(CommandTable table) {
        table.add(new ControlCommand("fdb/show", "[dp]", 0, 1, arguments -> ask(this::show)));
        table.add(
                new ControlCommand("fdb/stats-show", "[dp]", 0, 1, arguments -> ask(this::stats)));
        table.add(new ControlCommand("fdb/flush", "[dp]", 0, 1, arguments -> flush()));
        table.add(new ControlCommand("fdb/add", "[dp] port vlan mac", 3, 4, this::add));
        table.add(new ControlCommand("fdb/del", "[dp] vlan mac", 2, 3, this::delete));
    }

    private String show(AddressBook book) {
        StringBuilder text = new StringBuilder(" port  VLAN  MAC                Age\n");
        book.addresses()
                .forEach(
                        (vlan, mac, port, age) ->
                                text.append(
                                        String.format(
                                                "%5s  %4d  %s  %s%n",
                                                port == book.localPort() ? "LOCAL" : port,
                                                vlan,
                                                EthernetAddress.format(mac),
                                                age == MacTable.STATIC ? "static" : age)));
        return text.toString();
    }

    private String stats(AddressBook book) {
        MacTable table = book.addresses();
        int[] pinned = {0};
        table.forEach((vlan, mac, port, age) -> pinned[0] += age == MacTable.STATIC ? 1 : 0);
        return "Statistics for bridge \""
                + agent.name()
                + "\":\n"
                + line(
                        "Current/maximum MAC entries in the table",
                        table.size() + "/" + table.capacity())
                + line("Current static MAC entries in the table ", pinned[0])
                + line("Total number of learned MAC entries     ", table.learned())
                + line("Total number of expired MAC entries     ", table.expired())
                + line("Total number of evicted MAC entries     ", table.evicted())
                + line("Total number of port moved MAC entries  ", table.moved());
    }

    private static String line(String what, Object number) {
        return "  " + what + ": " + number + '\n';
    }

    private String flush() throws ControlException, InterruptedException {
        change(book -> book.addresses().flush());
        return "table successfully flushed";
    }

    private String add(List<String> arguments) throws ControlException, InterruptedException {
        List<String> words = arguments.subList(arguments.size() - 3, arguments.size());
        int vlan = number(words.get(1), "VLAN", MOST_VLAN);
        long mac = mac(words.get(2));
        boolean local = words.get(0).equals("LOCAL");
        int port = local ? 0 : number(words.get(0), "port", 65_535);
        change(book -> book.addresses().pin(vlan, mac, local ? book.localPort() : port));
        return "";
    }

    private String delete(List<String> arguments) throws ControlException, InterruptedException {
        List<String> words = arguments.subList(arguments.size() - 2, arguments.size());
        int vlan = number(words.get(0), "VLAN", MOST_VLAN);
        long mac = mac(words.get(1));
        boolean[] known = {false};
        change(book -> known[0] |= book.addresses().forget(vlan, mac));
        if (!known[0]) {
            throw new ControlException("no entry for " + words.get(1) + " in VLAN " + vlan);
        }
        return "";
    }

    /** Any one shard's: each knows what the others have learnt. */
    private String ask(Function<AddressBook, String> question)
            throws ControlException, InterruptedException {
        AtomicReference<String> answer = new AtomicReference<>();
        change(book -> answer.compareAndSet(null, question.apply(book)));
        return answer.get();
    }

    private void change(Consumer<AddressBook> change)
            throws ControlException, InterruptedException {
        boolean[] learns = {false};
        try {
            agent.withPolicies(
                    policy -> {
                        if (policy instanceof AddressBook book) {
                            learns[0] = true;
                            change.accept(book);
                        }
                    });
        } catch (AgentException e) {
            throw new ControlException(e.getMessage(), e);
        }
        if (!learns[0]) {
            throw new ControlException("the policy learns no addresses");
        }
    }

    private static int number(String word, String what, int most) throws ControlException {
        try {
            int number = Integer.decode(word);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ControlException("\"" + word + "\" is no number of a " + what, e);
        }
        throw new ControlException("\"" + word + "\": a " + what + " is 0 to " + most);
    }

    private static long mac(String word) throws ControlException {
        if (!MAC.matcher(word).matches()) {
            throw new ControlException("\"" + word + "\" is no Ethernet address");
        }
        long mac = 0;
        for (String octet : word.split(":")) {
            mac = mac << 8 | Integer.parseInt(octet, 16);
        }
        return mac;
    }
}
