package org.reelcast.e2e.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some machines on one network, as network namespaces of Linux with addresses on a bridge; any of them can be cut off from
 * the others by a firewall rule. Needs root, {@code ip} and {@code nft}.
 */
public final class NetworkNamespaces implements AutoCloseable {
    private static final String NET = "10.213.77.";
    private static final int OWN = 254;

    private final String bridge = "rc" + ProcessHandle.current().pid();
    private final int count;
    private final List<String> names = new ArrayList<>();
    private boolean bridged;

    /** Makes them. The test is at an address of its own on the same network. */
    public NetworkNamespaces(int count) {
        this.count = count;
        try {
            make();
        } catch (IllegalStateException e) {
            close();
            throw new AssertionError(
                    "Networks of their own cannot be made here: run as root, a container with --cap-add NET_ADMIN "
                            + "--cap-add SYS_ADMIN",
                    e);
        }
    }

    private void make() {
        ip("link", "add", bridge, "type", "bridge");
        bridged = true;
        ip("addr", "add", NET + OWN + "/24", "dev", bridge);
        ip("link", "set", bridge, "up");
        for (int i = 0; i < count; i++) {
            String name = bridge + "-" + i;
            String outside = bridge + "o" + i;
            String inside = bridge + "i" + i;
            ip("netns", "add", name);
            names.add(name);
            ip("link", "add", outside, "type", "veth", "peer", "name", inside);
            ip("link", "set", inside, "netns", name);
            ip("link", "set", outside, "master", bridge, "up");
            within(i, "ip", "addr", "add", address(i) + "/24", "dev", inside);
            within(i, "ip", "link", "set", inside, "up");
            within(i, "ip", "link", "set", "lo", "up");
        }
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Tools.output(command);
    }

    private void within(int index, String... command) {
        List<String> all = new ArrayList<>(wrapper(index));
        all.addAll(List.of(command));
        Tools.output(all);
    }

    int count() {
        return count;
    }

    String address(int index) {
        return NET + (index + 1);
    }

    /** What comes before a command that is to run there. */
    List<String> wrapper(int index) {
        return List.of("ip", "netns", "exec", names.get(index));
    }

    /** From now on nothing goes between this one and the other ones; the test reaches all. */
    public void cutOff(int index) {
        String others = IntStream.range(0, count)
                .filter(other -> other != index)
                .mapToObj(this::address)
                .collect(Collectors.joining(", ", "{ ", " }"));
        within(
                index,
                "nft",
                "add table inet cut; "
                        + "add chain inet cut in { type filter hook input priority 0; }; "
                        + "add chain inet cut out { type filter hook output priority 0; }; "
                        + "add rule inet cut in ip saddr " + others + " drop; "
                        + "add rule inet cut out ip daddr " + others + " drop");
    }

    /** It is as it was. */
    public void heal(int index) {
        within(index, "nft", "delete table inet cut");
    }

    @Override
    public void close() {
        names.forEach(name -> ip("netns", "del", name));
        if (bridged) {
            ip("link", "del", bridge);
        }
    }
}
